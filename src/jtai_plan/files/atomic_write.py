"""Writing a file so that nothing is lost: not by two at once, not by a kill, not by a full disk."""

import errno
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from jtai_plan.errors import CannotDo, NothingWritten
from jtai_plan.files.layout import LINKED, is_inside, is_linked

WAIT_SECONDS = 30.0
UNFINISHED = ".jtai-"
"""How the name of an unfinished file begins."""
_ENDING = ".tmp"
ABANDONED_SECONDS = 3600
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class InUse(CannotDo):
    """A file that another program holds open."""


def edit(root: Path, path: str, change: Callable[[bytes | None], bytes]) -> bool:
    """Give the file at *path* below *root* what *change* makes of its content (None: no file yet).

    Returns whether that is something new. One writer at a time may do this in a plan. The file is the old one or the
    new one at any moment.
    Raises CannotDo if another writer does not make way, or somebody else changes the file meanwhile.
    """
    with only_writer(root):
        before = content(root, path)
        after = change(before)
        if after == before:
            return False
        if content(root, path) != before:
            raise NothingWritten(f"{path} was changed by someone else just now. Try again.")
        _replace(root / path, after, _own_folder(root))
    return True


def content(root: Path, path: str) -> bytes | None:
    """What the file at *path* below *root* holds; None if there is none. Raises CannotDo if it is not a file itself."""
    file = root / path
    if not is_inside(root, file):
        raise _leads_out(file)
    if is_linked(root, file):
        raise NothingWritten(f"{file}: {LINKED}. Put the file itself there.")
    if not file.exists():
        return None
    if not file.is_file():
        # To read a pipe or a device could take for ever.
        raise NothingWritten(f"{file}: this is not a file. Move it away.")
    return file.read_bytes()


def create(root: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write those of *texts* (by path below *root*) that have no file yet, and return their paths."""
    with only_writer(root):
        new = [path for path in texts if content(root, path) is None]
        for path in new:
            _replace(root / path, texts[path].encode(), _own_folder(root))
    return tuple(new)


def found(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Make *folder* with *texts* by path in it, or add them to what is there: all of them, or none.

    Returns the paths of what is new: a call that was killed may have left a part, which the next one completes.
    Raises CannotDo if another file is there already, or something is in its way.
    """
    folder = folder.resolve()
    there = {path for path, text in texts.items() if _says(folder / path, text)}
    new = {path: text for path, text in texts.items() if path not in there}
    refuse_what_is_there(folder, new)
    # Built on the same disk, in the nearest folder that exists: the user may write there.
    above = next(each for each in (folder, *folder.parents) if each.is_dir())
    _tidy(above)
    built = Path(tempfile.mkdtemp(dir=above, prefix=UNFINISHED, suffix=_ENDING))
    whole = built / folder.relative_to(above)
    # Windows has no such lock, and opens no folder: there, time tells what was left.
    held = None if sys.platform == "win32" else os.open(built, os.O_RDONLY)
    try:
        if held is not None:
            _lock(held, wait=True)
        for path, text in new.items():
            file = whole / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        if whole == built:
            _move_in(built, folder, new)
        else:
            first = folder.relative_to(above).parts[0]
            (built / first).rename(above / first)
    finally:
        shutil.rmtree(built, ignore_errors=True)
        if held is not None:
            os.close(held)
    return tuple(new)


def _says(file: Path, text: str) -> bool:
    """Whether *file* is a file that holds *text* and nothing else."""
    return file.is_file() and not file.is_symlink() and file.read_bytes() == text.encode()


def refuse_what_is_there(folder: Path, paths: Iterable[str]) -> None:
    """Raise CannotDo, as `found` does, if something is in the way of a file at one of *paths* in *folder*."""
    in_the_way = [each for each in (folder, *folder.parents) if os.path.lexists(each) and not each.is_dir()]
    if in_the_way:
        raise NothingWritten(f"{in_the_way[0]}: this is not a folder. Name another.")
    there = []
    for path in paths:
        file = folder / path
        above = [folder / each for each in PurePosixPath(path).parents]
        if os.path.lexists(file) or any(os.path.lexists(each) and not each.is_dir() for each in above):
            there.append(path)
        elif not is_inside(folder, file):
            raise NothingWritten(f"{file}: a link on the way there leads out of {folder}.")
    if there:
        what = f"{len(there)} files are in the way" if len(there) > 1 else "a file is in the way"
        raise NothingWritten(f"{folder}: {what}: {', '.join(there)}. Move what is there away, or name another folder.")


def _move_in(built: Path, folder: Path, paths: Iterable[str]) -> None:
    """Move the files at *paths* from *built* into *folder*. If one cannot be moved, take all of them back."""
    made: list[Path] = []
    try:
        for path in paths:
            for above in reversed(PurePosixPath(path).parents[:-1]):
                if not (folder / above).is_dir():
                    made.append(folder / above)
                    (folder / above).mkdir()
            made.append(folder / path)
            (built / path).rename(folder / path)
    except BaseException:
        for each in reversed(made):
            if each.is_dir():
                each.rmdir()
            else:
                each.unlink(missing_ok=True)
        raise


def write_whole(folder: Path, files: Mapping[str, bytes], within: Path, tell: Callable[[Path], object]) -> None:
    """Write *files*, by their names below *folder*: they are made by jtai and may be replaced whole, such as reports.

    All of them are written beside the old ones first, then moved into place, so that a full disk leaves the old ones.
    *tell* is called with each file that is there. Raises CannotDo if a link leads out of *within*; InUse, once the
    others are in place, for those that are open in another program.
    """
    if led_out := next((folder / name for name in files if not is_inside(within, (folder / name).parent)), None):
        raise NothingWritten(f"{led_out}: a link on the way there leads out of {within}. Put a folder in its place.")
    in_use: list[str] = []
    with ExitStack() as beside:
        unfinished = {
            folder / name: beside.enter_context(_beside(folder / name, content, (folder / name).parent))
            for name, content in files.items()
        }
        for file, its_content in unfinished.items():
            try:
                _put(its_content, file)
            except InUse as error:
                in_use.append(str(error))
            else:
                tell(file)
    if in_use:
        raise InUse("\n".join(in_use))


def _leads_out(link: Path) -> CannotDo:
    return NothingWritten(f"{link}: this is a link that leads out of the plan's folder.")


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Keep every other jtai from writing in the plan below *root*; within it, this program may write and ask again.

    A command that decides by what the files say loads them, decides and writes within it, so that nothing changes in
    between. Raises CannotDo if another writer does not make way.
    """
    # A report is written without a lock, and need not wait for the library.
    from filelock import FileLock, Timeout

    folder = _own_folder(root)
    try:
        # The next user may be another one: a shared folder has one lock for all.
        lock = FileLock(folder / "lock", timeout=WAIT_SECONDS, is_singleton=True, mode=0o666)
        try:
            lock.acquire()
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            raise NothingWritten(
                f"{root / 'plan'}: this drive cannot lock files, so two people could undo each other's work. Work in a "
                "copy on your own disk, and save it with git."
            ) from None
        try:
            if lock.lock_counter == 1:
                _tidy(folder)
            yield
        finally:
            lock.release()
    except Timeout:
        raise NothingWritten(
            f"{root / 'plan'}: another jtai has been writing here for {WAIT_SECONDS:.0f} seconds. "
            "Try again when it is done."
        ) from None


@contextmanager
def scratch(root: Path) -> Iterator[Path]:
    """A folder for what is needed only until the writer of the plan below *root* is done, and for no longer."""
    with tempfile.TemporaryDirectory(dir=_own_folder(root), prefix=UNFINISHED, suffix=_ENDING) as folder:
        yield Path(folder)


def _own_folder(root: Path) -> Path:
    """A folder for the lock and for unfinished files, which git ignores."""
    folder = root / "plan" / ".jtai"
    if not is_inside(root, folder):
        raise _leads_out(folder)
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        _replace(ignore, b"*\n", folder)
    return folder


def _replace(file: Path, content: bytes, folder: Path) -> None:
    """Put *content* in *file* by moving a finished file there from *folder*, which is on the same disk."""
    with _beside(file, content, folder) as unfinished:
        _put(unfinished, file)


@contextmanager
def _beside(file: Path, content: bytes, folder: Path) -> Iterator[Path]:
    """A finished file in *folder* with what *file* will hold. It goes if nobody moves it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    _tidy(folder)
    handle, name = _new_file(folder)
    try:
        with os.fdopen(handle, "wb") as unfinished:
            with _about(file):
                unfinished.write(content)
                unfinished.flush()
                os.fsync(unfinished.fileno())
                Path(name).chmod(_mode(file))
            if sys.platform == "win32":
                unfinished.close()
            yield Path(name)
    except OSError as error:
        # What is left to write at the end may find no room either.
        error.filename = error.filename or str(file)
        raise
    finally:
        Path(name).unlink(missing_ok=True)


def _put(unfinished: Path, file: Path) -> None:
    """Move what was *unfinished* to *file*. Raises InUse if a program holds *file* open."""
    try:
        with _about(file):
            unfinished.replace(file)
    except PermissionError:
        if file.is_file() and os.access(file.parent, os.W_OK):
            # Windows lets nobody replace a file that a program holds open.
            why = "Is it open in another program? Close it, and try again."
            raise InUse(f"{file.name} cannot be replaced. {why}") from None
        raise


@contextmanager
def _about(file: Path) -> Iterator[None]:
    """Let errors name *file*: the unfinished one is nobody's concern."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(file), None
        raise


def _new_file(folder: Path) -> tuple[int, str]:
    """A new unfinished file in *folder*, open and locked, so that nobody takes it for what a kill has left."""
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED, suffix=_ENDING)
        # Somebody who tidies up may have been quicker than the lock.
        if not _lock(handle, wait=True) or os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file until it is closed. Returns whether that could be done. Raises BlockingIOError without *wait*.

    Windows needs no lock: it deletes no file that is open.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        # A drive without locks.
        return False
    return True


def _tidy(folder: Path) -> None:
    """Delete what a kill or a loss of power has left unfinished in *folder*, unless somebody is writing it now."""
    for each in folder.glob(f"{UNFINISHED}*{_ENDING}"):
        try:
            if _is_abandoned(each):
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        except OSError:
            # Somebody else writes it, or tidies up, too.
            continue


def _is_abandoned(unfinished: Path) -> bool:
    """Whether nobody is writing what is *unfinished*: whoever does holds a lock on it, if the drive has locks."""
    if sys.platform == "win32":
        return _is_old(unfinished)
    handle = os.open(unfinished, os.O_RDONLY)
    try:
        return _lock(handle, wait=False) or _is_old(unfinished)
    finally:
        os.close(handle)


def _is_old(file: Path) -> bool:
    return time.time() - file.stat().st_mtime > ABANDONED_SECONDS


def _mode(file: Path) -> int:
    """The permissions of *file*, or those of a new file; a temporary file has them for its owner only."""
    if file.exists():
        return stat.S_IMODE(file.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
