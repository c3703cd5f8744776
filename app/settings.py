"""How Wingdesk looks and behaves on this terminal: a TOML file in the platform's configuration directory.

A broken file never keeps anybody from starting: every value that can be read stands, every other
one is its default, and a sentence names the key that is wrong.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

FILE = "settings.toml"


def directory() -> Path:
    """Where the settings and the key file of this user live (`~/.config/wingdesk` on Linux)."""
    import platformdirs

    return platformdirs.user_config_path("wingdesk", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings and their defaults.

    Attributes:
        look: `full` (true colour), `basic` (the terminal's own sixteen), `mono` (bold, dim and
            reverse only); `auto` goes by what the terminal says.
        background: Whether the full look is `dark` or `light`.
        marks: `unicode` or `ascii`; `auto` goes by the terminal's encoding.
        idle_minutes: Minutes without a key after which the screen locks, 1 to 15.
        reveal: `minute` shows what is discreet for one minute; `office` keeps it shown, for an
            office nobody can look into.
        mouse: Whether the mouse works. Off, so that the terminal's own selection does.
        osc52: Whether copying may use the terminal's clipboard.
    """

    look: Literal["auto", "full", "basic", "mono"] = "auto"
    background: Literal["dark", "light"] = "dark"
    marks: Literal["auto", "unicode", "ascii"] = "auto"
    idle_minutes: int = 5
    reveal: Literal["minute", "office"] = "minute"
    mouse: bool = False
    osc52: bool = False


DEFAULTS = Settings()

_WANTED = {
    "look": "auto, full, basic or mono",
    "background": "dark or light",
    "marks": "auto, unicode or ascii",
    "idle_minutes": "a whole number of minutes from 1 to 15",
    "reveal": "minute or office",
    "mouse": "true or false",
    "osc52": "true or false",
}


def read(file: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings in `file`, and one sentence for everything in it that could not be used."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return DEFAULTS, ()
    except (OSError, UnicodeDecodeError):
        return DEFAULTS, (f"The settings in {file} cannot be read, so the defaults are used.",)
    import tomllib

    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return DEFAULTS, (f"The settings in {file} are not TOML ({error}), so the defaults are used.",)
    return _accept(given, file.name)


def _accept(given: dict[str, Any], name: str) -> tuple[Settings, tuple[str, ...]]:
    import msgspec

    hints = get_type_hints(Settings)
    hints["idle_minutes"] = Annotated[int, msgspec.Meta(ge=1, le=15)]
    accepted: dict[str, Any] = {}
    wrong: list[str] = []
    for key, value in given.items():
        if key not in hints:
            known = ", ".join(field.name for field in fields(Settings))
            wrong.append(f"{name}: there is no setting “{key}”; there are {known}.")
            continue
        try:
            accepted[key] = msgspec.convert(value, hints[key], strict=True)
        except msgspec.ValidationError:
            wrong.append(f"{name}: {key} must be {_WANTED[key]}; its default, {_said(key)}, is used.")
    return Settings(**accepted), tuple(wrong)


def _said(key: str) -> str:
    value = getattr(DEFAULTS, key)
    return str(value).lower() if isinstance(value, bool) else str(value)
