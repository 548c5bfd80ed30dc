"""Every rule of `jtai check`: the only place that names one. A module for each kind, and `every` for all of them."""
