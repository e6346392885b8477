"""The whole service on recorded news, with local feed, mail and Slack servers."""
