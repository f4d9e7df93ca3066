"""Made-up people for trying letters out: nobody's name, nobody's story."""

from plea.model import Membership, Official, Supporter

STORY_WORDS = 60

_STORY = {
    "en": "Three years ago a family who had fled the war moved in next door to us. We brought soup the first night, "
    "because we did not know what else to do. Now their son fixes my car, and their daughter walks to school with "
    "mine. Last week she read to us in English. I wish every single child as much.",
    "es": "Hace tres años llegó a la casa de al lado una familia que había huido de la guerra. La primera noche les "
    "llevamos sopa, porque no sabíamos qué más hacer. Ahora su hijo arregla mi coche y su hija camina a la escuela "
    "con la mía. La semana pasada nos leyó en inglés. Ojalá todos los niños vivan tan seguros.",
}
_SENATE = ("us-senator",)
_HOUSE = ("us-representative", "us-delegate", "us-resident-commissioner")


def supporter(role: str, language: str, *, story: bool) -> Supporter:
    """A person who may write to that role, with a story of STORY_WORDS words or none."""
    told = _STORY.get(language, _STORY["en"]) if story else ""
    if role.startswith("uk-"):
        return Supporter("Sam Rivers", city="Leeds", zip="LS1 1UR", country="GB", language=language, story=told)
    if role.startswith("ca-"):
        return Supporter(
            "Sam Rivers", city="Ottawa", state="ON", zip="K1P 1J1", country="CA", language=language, story=told
        )
    return Supporter("Sam Rivers", city="Burlington", state="VT", zip="05401", language=language, story=told)


def official(role: str, committee: str = "", *, named: bool = True) -> Official:
    """Someone in that role, on that committee if one is given."""
    return Official(
        id=f"sample-{role}",
        role=role,
        name="Alex Morgan" if named else "",
        last_name="Morgan" if named else "",
        state="VT",
        place="Burlington" if role == "mayor" else "Vermont",
        body="Committee on Foreign Relations" if role == "committee-chair" else "",
        memberships=(Membership(committee, committee),) if committee else (),
    )


def may_sit_on(role: str, committee: str) -> bool:
    """Whether someone in that role can be on that committee: senators on the Senate's, members of the House on its."""
    if role in _SENATE:
        return committee[:1] in {"S", "J"}
    if role in _HOUSE:
        return committee[:1] in {"H", "J"}
    return role == "committee-chair"
