"""Where the datasets are: a folder of this machine, or a prefix in an object store.

The state (ledger, locks, drafts) is always a folder of this machine: below the datasets' own
folder, or for an object store in STATE_DIR.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.fs as pafs

from pipelines.errors import ConfigError, DatasetError

# What pyarrow speaks to. S3 is tested; the others go the same way.
SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss")


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A prefix in an object store, and the folder of its state on this machine."""

    uri: str
    """s3://bucket/prefix, and what pyarrow takes after a question mark."""
    state_dir: Path

    def __truediv__(self, name: str) -> str:
        """The URI of something below it, for messages."""
        start, mark, options = self.uri.partition("?")
        return f"{start.rstrip('/')}/{name}{mark}{options}"

    def __str__(self) -> str:
        return self.uri


OutputDir = Path | ObjectStore


def output_dir(location: str, state_dir: str = "") -> OutputDir:
    """The place that the settings OUTPUT_DIR and STATE_DIR name. Raises ConfigError.

    >>> output_dir("s3://news/daily").state_dir.relative_to(Path.cwd()).as_posix()
    'state/s3/news/daily'
    """
    scheme, is_uri, rest = location.partition("://")
    if not is_uri:
        if state_dir:
            raise ConfigError(
                f"STATE_DIR is {state_dir}, but OUTPUT_DIR {location} is a folder: its state lies "
                "in it. Give STATE_DIR for an object store only"
            )
        return Path(location).expanduser().resolve()
    if scheme not in SCHEMES:
        raise ConfigError(
            f"OUTPUT_DIR is {location}; it must be a folder or begin with "
            f"{', '.join(f'{name}://' for name in SCHEMES)}"
        )
    default = f"state/{scheme}/{rest.partition('?')[0].strip('/')}"
    return ObjectStore(location, Path(state_dir or default).expanduser().resolve())


def state_dir(output_dir: OutputDir) -> Path:
    """The folder of the ledger, the locks and the drafts."""
    return output_dir / "state" if isinstance(output_dir, Path) else output_dir.state_dir


def open_place(output_dir: OutputDir) -> tuple[pafs.FileSystem, str]:
    """The file system, and the path of the datasets in it. Raises ConfigError."""
    if isinstance(output_dir, Path):
        return pafs.LocalFileSystem(), output_dir.as_posix()
    return _open_uri(output_dir.uri)


@lru_cache(maxsize=8)
def _open_uri(uri: str) -> tuple[pafs.FileSystem, str]:
    try:
        filesystem, root = pafs.FileSystem.from_uri(uri)
    except (pa.ArrowException, OSError) as error:
        raise ConfigError(f"OUTPUT_DIR is {uri}; it cannot be used: {error}") from error
    return filesystem, root.rstrip("/")


def dataset_files(output_dir: OutputDir, name: str) -> Iterator[tuple[str, int]]:
    """Every file of a dataset: its path below OUTPUT_DIR and its size in bytes, in order.

    Raises DatasetError.
    """
    filesystem, root = open_place(output_dir)
    selector = pafs.FileSelector(f"{root}/{name}", recursive=True, allow_not_found=True)
    with _told(output_dir / name):
        found = [info for info in filesystem.get_file_info(selector) if info.is_file]
    yield from sorted((info.path.removeprefix(f"{root}/"), info.size) for info in found)


def has_dataset(output_dir: OutputDir, name: str) -> bool:
    """Whether there is anything of a dataset."""
    if isinstance(output_dir, Path):
        return (output_dir / name).is_dir()
    return next(dataset_files(output_dir, name), None) is not None


def read_bytes(output_dir: OutputDir, path: str) -> bytes | None:
    """A file below OUTPUT_DIR, whole; None where it is not there. Raises DatasetError."""
    filesystem, root = open_place(output_dir)
    with _told(output_dir / path):
        try:
            with filesystem.open_input_file(f"{root}/{path}") as file:
                content: bytes = file.readall()
        except FileNotFoundError:
            return None
    return content


@contextmanager
def _told(what: Path | str) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise DatasetError(f"{what} cannot be read: {error}") from error


def upload(draft: Path, store: ObjectStore, path: str) -> None:
    """Put a whole file under its final name: it is there in full, or not at all.

    An object appears when its upload is completed. One write of all bytes, so that a fault
    between two writes cannot complete a half of them. Raises OSError.
    """
    filesystem, root = open_place(store)
    file = filesystem.open_output_stream(f"{root}/{path}")
    file.write(memoryview(draft.read_bytes()))
    file.close()


def check_writable(store: ObjectStore) -> None:
    """Write something beside the datasets and delete it. Raises OSError."""
    filesystem, root = open_place(store)
    probe = f"{root}/.broadsheet-can-write"
    with filesystem.open_output_stream(probe) as file:
        file.write(b"")
    filesystem.delete_file(probe)


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
