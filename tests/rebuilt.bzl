# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs, and all that they are made of, built anew with other options."""

def rebuilt_impl(ctx):
    """The program under another name.

    Args:
      ctx: of a rule with rebuilt_attributes.

    Returns:
      What makes it an executable or a test.
    """
    program = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(
        output = program,
        target_file = ctx.executable.program,
        is_executable = True,
    )
    return [DefaultInfo(
        executable = program,
        files = depset([program]),
        runfiles = ctx.attr.program[0][DefaultInfo].default_runfiles,
    )]

def rebuilt_attributes(options, **attributes):
    """What a rule needs that builds a program anew.

    Args:
      options: a transition to the other options.
      **attributes: those that the transition reads.

    Returns:
      The attributes of the rule.
    """
    return dict(
        program = attr.label(cfg = options, executable = True, mandatory = True),
        _allowlist_function_transition = attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        **attributes
    )
