"""What the feeds of the rig publish: pairs of headline and text."""

OLD = (
    "South Korea studies wider exchanges with the North",
    "The ministry in Seoul is studying exchanges. An inter-Korean liaison office was opened in the "
    "North Korean border city of Kaesong in September 2018.",
)
RAIN = ("Weather in Seoul", "Fine dust and a little rain is expected in the capital today.")
NEWS = (
    "North Korea pulls its staff out of the Kaesong liaison office",
    "North Korea on Friday withdrew all of its staff from the inter-Korean joint liaison office in "
    "Kaesong, the unification ministry in Seoul said. Pyongyang gave notice of the withdrawal in "
    "the morning.",
)
CROWD = (  # that become one message where a channel gathers, the newest first
    (
        "North Korea threatens to close the liaison office in Kaesong",
        "Kim Yo Jong on Friday threatened to close the inter-Korean liaison office in Kaesong over "
        "leaflets.",
    ),
    (
        "South Korea names a new head of the Kaesong liaison office",
        "South Korea on Friday appointed vice unification minister Suh Ho as the head of the "
        "inter-Korean liaison office in Kaesong.",
    ),
    (
        "Weekly meeting at the Kaesong liaison office is cancelled",
        "The weekly meeting of the heads of the inter-Korean liaison office in Kaesong was "
        "cancelled on Friday, the unification ministry said.",
    ),
)
LATE = (  # published while the crowd's message is on its way
    "South Korea restores power to the Kaesong liaison office",
    "South Korea on Friday resumed the electricity supply of the inter-Korean liaison office in "
    "Kaesong.",
)
