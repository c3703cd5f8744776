"""The shell: entry point and command line, the application, sign-in and lock, settings, themes, keys."""
