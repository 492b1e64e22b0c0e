"""What an operator may set, read once from the environment and `.env`, and refused early in sentences.

Each setting is a field below: its name in capitals is the name of the variable, its description stands in the
documentation. An empty value counts as not set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from bot import dotenv, setting_rules

_QUIET = {"discord_token", "database_url"}  # may hold a secret, so their values are never repeated


class SettingsError(Exception):
    """Settings that can't be used: a sentence a line, naming the setting, what is wrong, what to do."""


class Settings(BaseModel):
    """Every setting, checked. Frozen; no secret stands in its repr."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    discord_token: Annotated[SecretStr | None, AfterValidator(setting_rules.token)] = Field(
        None, description="The bot's token. With it Tertulia runs on Discord, without it as a web console."
    )
    discord_api_base: Annotated[str, AfterValidator(setting_rules.api_base)] = Field(
        "https://discord.com/api/v10", description="Where Discord's API is; only tests change it."
    )
    database_url: Annotated[str, AfterValidator(setting_rules.database_url)] = Field(
        "sqlite:///data/tertulia.db",
        description="The database: sqlite:/// and a path, which begins with one more / when it is absolute.",
    )
    web_host: Annotated[str, AfterValidator(setting_rules.host)] = Field(
        "127.0.0.1", description="The address that the web console listens on."
    )
    web_port: Annotated[int, BeforeValidator(setting_rules.whole(0, 65535, 8080))] = Field(
        8080, description="The port of the web console, 1 to 65535; 0 takes any free one."
    )
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        BeforeValidator(setting_rules.one_of("DEBUG", "INFO", "WARNING", "ERROR")),
    ] = Field("INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR.")
    locale: Annotated[Literal["en", "es"], BeforeValidator(setting_rules.one_of("en", "es"))] = Field(
        "en", description="The language where nobody has chosen one: en or es."
    )
    timezone: Annotated[str, AfterValidator(setting_rules.timezone)] = Field(
        "UTC", description="The time zone of a server that has set none, by its IANA name."
    )
    content_dir: Annotated[Path | None, AfterValidator(setting_rules.folder)] = Field(
        None, description="A folder of packs of your own, offered beside the ones that ship."
    )
    max_import_mb: Annotated[int, BeforeValidator(setting_rules.whole(1, 100, 8))] = Field(
        8, description="The largest article file that may be imported, in MiB, 1 to 100."
    )

    @property
    def database_path(self) -> Path:
        """The file of the SQLite database; relative to the working folder unless the setting is absolute."""
        return Path(self.database_url.removeprefix("sqlite:///"))

    @property
    def zone(self) -> ZoneInfo:
        """`timezone` as a zone to calculate with."""
        return ZoneInfo(self.timezone)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret in the clear, for the one place that keeps them out of the logs."""
        return (self.discord_token.get_secret_value(),) if self.discord_token else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as the documentation lists it. `default` is empty when there is none."""

    name: str
    default: str
    secret: bool
    doc: str


def table() -> tuple[Row, ...]:
    """Return a row for each setting, in the order they are documented."""
    return tuple(
        Row(
            name=name.upper(),
            default="" if field.default is None else str(field.default),
            secret=name == "discord_token",
            doc=field.description or "",
        )
        for name, field in Settings.model_fields.items()
    )


def load(environ: Mapping[str, str], env_file: Path | None = None) -> Settings:
    """Read `environ`, then `env_file` if it exists. Raises SettingsError naming every fault at once."""
    given = merge(environ, env_file)
    names = {name.upper(): name for name in Settings.model_fields}
    values = {names[key]: value.strip() for key, value in given.items() if key in names and value.strip()}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        sentences = "\n".join(_sentence(fault, values) for fault in error.errors(include_url=False))
    # Raised out here, so that pydantic's error, which holds what was typed, is not chained to ours.
    raise SettingsError(sentences)


def merge(environ: Mapping[str, str], env_file: Path | None = None) -> dict[str, str]:
    """Return both sources as one, the environment before the file. Raises SettingsError for a bad file."""
    if env_file is None or not env_file.is_file():
        return dict(environ)
    try:
        return dotenv.parse(env_file.read_text("utf-8")) | dict(environ)
    except UnicodeDecodeError:
        problem = "It is not UTF-8 text. Save it as UTF-8."
    except OSError as error:
        problem = f"It can't be read: {error.strerror}. Correct its permissions."
    except ValueError as error:
        problem = str(error)
    raise SettingsError(f"{env_file.name}: {problem}")


def near_misses(given: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each name that is nearly one of ours, such as DISCORD_TOKN."""
    ours = [row.name for row in table()]
    pairs = ((name, get_close_matches(name.upper(), ours, n=1, cutoff=0.85)) for name in sorted(given))
    return tuple(
        f"{name} is not a setting. Did you mean {close[0]}?"
        for name, close in pairs
        if close and name not in ours and close[0] not in given
    )


def _sentence(fault: ErrorDetails, values: Mapping[str, str]) -> str:
    name = str(fault["loc"][0])
    shown = "" if name in _QUIET else f" is “{values[name][:60]}”, but it"
    return f"{name.upper()}{shown} {fault['msg'].removeprefix('Value error, ')}"
