"""Where the files of a plan are read from: their folder, or their contents at another time."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from jtai_plan.files.document import MAX_BYTES, Document, linked, missing, parse, too_large
from jtai_plan.files.layout import is_inside, is_linked


class Folder:
    """The files as they lie below *root*. Paths are those below the folder that holds `plan/`, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self, folder: str) -> list[str]:
        """The names of the files in *folder*, in order, links among them; none if there is no such folder."""
        return sorted(each.name for each in self._entries(folder) if each.is_symlink() or not each.is_dir())

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in *folder*."""
        return sorted(each.name for each in self._entries(folder) if each.is_dir() and not each.is_symlink())

    def is_link(self, path: str) -> bool:
        """Whether there is a link at *path*."""
        return (self.root / path).is_symlink()

    def document(self, path: str, known: Document | None = None) -> Document:
        """The file at *path*, with every fault that keeps it from being read; not parsed again if it is as *known*."""
        file = self.root / path
        if is_linked(self.root, file):
            return linked(path, leads_out=not is_inside(self.root, file))
        if not file.is_file():
            return missing(path)
        return too_large(path) if file.stat().st_size > MAX_BYTES else parse(path, file.read_bytes(), known)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        there = self.root / folder
        if not there.is_dir() or is_linked(self.root, there):
            return []
        # Unlike Path, it knows without asking again which of its entries are folders.
        with os.scandir(there) as entries:
            return list(entries)


class Contents:
    """The files as they were at another time: the *contents* of each by its path, and the paths of *links*."""

    def __init__(self, contents: Mapping[str, bytes], links: Iterable[str] = ()) -> None:
        self.contents, self.links = contents, frozenset(links)
        self._files: dict[str, list[str]] = {}
        self._folders: dict[str, set[str]] = {}
        for path in sorted((*contents, *self.links)):
            folder, _, name = path.rpartition("/")
            self._files.setdefault(folder, []).append(name)
            while folder:
                above, _, name = folder.rpartition("/")
                self._folders.setdefault(above, set()).add(name)
                folder = above

    def files(self, folder: str) -> list[str]:
        """The names of the files in *folder*."""
        return self._files.get(folder, [])

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in *folder*."""
        return sorted(self._folders.get(folder, ()))

    def is_link(self, path: str) -> bool:
        """Whether there was a link at *path*."""
        return path in self.links

    def document(self, path: str, known: Document | None = None) -> Document:
        """The file at *path*."""
        if any(path == link or path.startswith(f"{link}/") for link in self.links):
            return linked(path)
        content = self.contents.get(path)
        if content is None:
            return missing(path)
        return too_large(path) if len(content) > MAX_BYTES else parse(path, content, known)


Source = Folder | Contents


def lying(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """What the files at *paths* below *root* hold, without those that are links, too large or not there."""
    files = {path: root / path for path in paths}
    return {
        path: file.read_bytes()
        for path, file in files.items()
        if file.is_file() and not is_linked(root, file) and file.stat().st_size <= MAX_BYTES
    }


def files_in(root: Path) -> dict[str, bytes] | None:
    """What the YAML files below `plan/` hold; None if one is a link or too large, or an agency lacks its own file."""
    found = [each for each in (root / "plan").rglob("*") if each.is_symlink() or each.suffix in (".yaml", ".yml")]
    names = [each.relative_to(root).as_posix() for each in found]
    there, agencies = lying(root, names), root / "plan/agencies"
    folders = [each.name for each in agencies.iterdir() if each.is_dir()] if agencies.is_dir() else []
    is_plain = len(there) == len(names) and all(f"plan/agencies/{name}/agency.yaml" in there for name in folders)
    return there if is_plain else None
