"""What can stop a run. Each names the thing, the value found and the way out.

BroadsheetError
├── ConfigError     a setting, an argument or a site file is wrong
├── SiteLocked      another run of the same site is alive
└── StorageError    what was accepted cannot be written; nothing is lost
    ├── LedgerError     the state file
    └── DatasetError    the Parquet folders
"""


class BroadsheetError(Exception):
    """Stops the run with its text on stderr and its own exit status."""


class ConfigError(BroadsheetError):
    """A setting, an argument or a site file is wrong."""


class SiteLocked(BroadsheetError):
    """Another run of the same site is alive."""


class StorageError(BroadsheetError):
    """What was accepted cannot be written; it stays in the ledger."""


class LedgerError(StorageError):
    """The state file cannot be read or written."""


class DatasetError(StorageError):
    """A Parquet part cannot be read or written."""
