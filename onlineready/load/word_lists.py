"""Lists of words that come with the program, a file for each use, checked like its tables."""

import tomllib
from pathlib import Path

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.language import translate as _

DATA = Path(__file__).parent.parent.parent / "data"
ENCODING = "utf-8-sig"


def word_lists(path: Path) -> dict[str, list[str]]:
    """Return the lists of a TOML file, each by its table and its name, as in `persons.english`.

    Raises:
        ProblemsError: what is wrong with the file, by list.
    """
    try:
        tables = tomllib.loads(path.read_text(ENCODING))
        lists = {f"{table}.{key}": tables[table][key] for table in tables for key in tables[table]}
    except (ValueError, TypeError):
        message = _('[見出し] の下に 名前 = ["言葉", …] を並べたTOMLとして読めません。')
        raise ProblemsError([Problem(None, None, message)], path.name) from None
    message = _("違う言葉を1つ以上並べた一覧にしてください。")
    wrong = [key for key, words in lists.items() if not _are_different_words(words)]
    if wrong:
        raise ProblemsError([Problem(None, key, message) for key in wrong], path.name)
    return lists


def _are_different_words(found: object) -> bool:
    if not isinstance(found, list) or not found:
        return False
    return all(isinstance(word, str) and word for word in found) and len(set(found)) == len(found)
