"""What is wrong with the way the program was called, in one sentence that says where to look."""

import click


def sentence(error: click.ClickException, called: str) -> str:
    """What is wrong, and which --help shows how it is done; for a group alone, its help.

    `called` is the command, for the errors that do not know it themselves.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or not isinstance(error, click.UsageError):
        return error.format_message()
    path = error.ctx.command_path if error.ctx else called
    return f"{_what(error, path)}; {path} --help shows how it is used."


def _what(error: click.UsageError, path: str) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"{path} has no command {error.command_name}{_meant(error.possibilities)}"
    if isinstance(error, click.NoSuchOption):
        return f"{path} has no option {error.option_name}{_meant(error.possibilities)}"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} {'takes no value' if 'does not take' in error.message else 'wants a value'}"
    if isinstance(error, click.MissingParameter) and error.param:
        wanted = _values(error.param)
        return f"{path} wants {_name(error.param, error.ctx)}{f', {wanted}' if wanted else ''}"
    if isinstance(error, click.BadParameter) and error.param:
        given = error.message.partition(" is not ")[0].strip("'")
        return f"{_name(error.param, None)} is {_values(error.param) or 'something else'}, and “{given}” is not"
    if error.message.startswith("Got unexpected extra"):
        return f"{path} has no use for {error.message.partition('(')[2].rstrip(')')}"
    return error.message.rstrip(".")


def _meant(possibilities: list[str] | None) -> str:
    return f", perhaps {possibilities[0]}" if possibilities else ""


def _name(param: click.Parameter, context: click.Context | None) -> str:
    """An option as it is typed, with what goes after it where there is a context; an argument as help writes it."""
    if not isinstance(param, click.Option):
        return param.metavar or str(param.name).upper()
    value = f" {param.make_metavar(context)}" if context and not param.is_flag else ""
    return f"{param.opts[0]}{value}"


def _values(param: click.Parameter) -> str:
    """What a parameter takes, in words; nothing where it takes any text."""
    kind = param.type
    if isinstance(kind, click.Choice):
        return f"one of {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        return f"a whole number from {kind.min} {f'to {kind.max}' if kind.max else 'up'}"
    return "a whole number" if kind is click.INT else ""
