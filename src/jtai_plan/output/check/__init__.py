"""The findings of `jtai check`, printed."""
