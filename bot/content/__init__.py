"""YAML and foreign articles come in here and leave as packs."""
