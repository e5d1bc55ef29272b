"""Parquet files and folders that survive a power cut: written, synced, swapped in one step."""

import ctypes
import hashlib
import os
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.dataset.schema import DICTIONARY_COLUMNS

# Articles are some kilobytes each: 5,000 to 10,000 rows are tens of megabytes in memory.
ROW_GROUP_ROWS = 10_000
ZSTD_LEVEL = 9
# renameat2(2), renamex_np(2): swap two names in one step.
_LINUX_AT_FDCWD, _LINUX_RENAME_EXCHANGE = -100, 2
_MACOS_RENAME_SWAP = 2


def write_part(table: pa.Table, path: Path) -> None:
    """Write a table in a dataset's schema to `path` and sync it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset = table.schema.metadata[b"broadsheet.dataset"].decode()
    has_url = dataset == "articles"
    with path.open("wb") as file:
        pq.write_table(
            table,
            file,
            compression="zstd",
            compression_level=ZSTD_LEVEL,
            row_group_size=ROW_GROUP_ROWS,
            use_dictionary=DICTIONARY_COLUMNS[dataset],
            write_page_index=True,
            write_page_checksum=True,
            bloom_filter_options={"url": {"ndv": table.num_rows}} if has_url else None,
        )
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make `folder` and its parents, each entry synced to the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Sync the entries of a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def exchange_folders(one: Path, other: Path) -> None:
    """Swap two folders of one file system in one step: nobody ever finds neither or a mix.

    Raises OSError where the system or the file system cannot.
    """
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, ctypes.c_uint(_MACOS_RENAME_SWAP))
    elif hasattr(library, "renameat2"):
        here = ctypes.c_int(_LINUX_AT_FDCWD)
        flags = ctypes.c_uint(_LINUX_RENAME_EXCHANGE)
        failed = library.renameat2(here, names[0], here, names[1], flags)
    else:
        raise OSError("this system cannot exchange two folders in one step")
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))
    sync_folder(one.parent)
    sync_folder(other.parent)
