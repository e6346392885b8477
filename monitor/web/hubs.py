"""Where hubs call (WebSub). Open to everybody: the end of the address is known to one hub alone."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from monitor.service.websub import PATH, Hubs


def add_hub_routes(app: FastAPI, hubs: Hubs, most: int) -> None:
    """The two routes of each subscription; a call of more than `most` bytes is refused."""

    @app.get(PATH + "{token}", include_in_schema=False)
    def confirm(token: str, request: Request) -> Response:
        """A hub asks whether a request was ours."""
        answer = hubs.confirm(token, request.query_params)
        return PlainTextResponse(answer or "", 404 if answer is None else 200)

    @app.post(PATH + "{token}", include_in_schema=False)
    async def call(token: str, request: Request) -> Response:
        """A hub says that there is news."""
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                return PlainTextResponse("", 413)
        signature = request.headers.get("x-hub-signature")
        known = await asyncio.to_thread(hubs.called, token, bytes(body), signature)
        return PlainTextResponse("", 202 if known else 410)
