"""The studies of the small batch whose site is tested, and every kind of page in it."""

E8R, BBC = "home-office-2018-19/8R/charged", "bbc-2016/8-71/charged"
RADAR, VICTIM = "radar-2022/8-71/charged", "radar-2022/8-71/victim-does-not-support"
YEARS = "home-office-2019-20..2022-23/8R/charged"
PAGES = {
    "index": "index.html",
    "funnel": f"{E8R}/index.html",
    "ranges": f"{BBC}/index.html",
    "intervals": f"{RADAR}/index.html",
    "force among forces": f"{E8R}/gwent.html",
    "force and a quoted rate": f"{RADAR}/gwent.html",
    "country": f"{VICTIM}/country.html",
    "force over years": f"{YEARS}/gwent.html",
    "profile": "forces/gwent.html",
}
ALL_PAGES = PAGES | {
    "forces over years": f"{YEARS}/index.html",
    "explorer": "explore.html",
    "words": "words.html",
    "about": "about.html",
    "fact check": "fact-check.html",
    "methods": "methods.html",
    "years of all offences": "years.html",
}
"""With the kinds of page that have no figure of their own."""
