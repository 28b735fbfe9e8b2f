"""Private fields: encrypted with a ring of keys that lies apart from SECRET_KEY and the database, found again by an HMAC.

The ring is a JSON file, {"current": 2, "keys": {"1": "…", "2": "…"}, "index": "…"}, readable by its owner only and part
of every backup. A stored value is: 1 byte format, 2 bytes number of the key, 12 bytes nonce, AES-256-GCM ciphertext with tag.
`purpose` names the field; a value copied into another field does not open there.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from repertory.core.errors import RepertoryError
from repertory.core.text import normalise

_FORMAT = b"\x01"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_HEAD_BYTES = 3


class FieldKeysError(RepertoryError):
    """The ring is missing, or lacks the key of a value, or a value was changed outside the program."""

    default_code = "field_keys"


@dataclass(frozen=True)
class KeyRing:
    current: int
    ciphers: dict[int, AESGCM]
    index_key: bytes


def create_keys(path: Path) -> bool:
    """Make a ring with one key where there is none; whether it was made."""
    if path.exists():
        return False
    _write(path, {"current": 1, "keys": {"1": _new_key()}, "index": _new_key()}, replace=False)
    return True


def rotate_keys(path: Path) -> int:
    """Add a key and use it from now on; older values stay readable. Returns the new key's number."""
    content = json.loads(path.read_text())
    number = max(map(int, content["keys"])) + 1
    content["keys"][str(number)] = _new_key()
    content["current"] = number
    _write(path, content, replace=True)
    return number


def encrypt(plain: bytes, *, purpose: str) -> bytes:
    """Seal a value for the field `purpose`; the same value looks different each time."""
    ring = _ring()
    head = _FORMAT + ring.current.to_bytes(2)
    nonce = os.urandom(_NONCE_BYTES)
    return head + nonce + ring.ciphers[ring.current].encrypt(nonce, plain, head + purpose.encode())


def decrypt(sealed: bytes, *, purpose: str) -> bytes:
    """Open what `encrypt` sealed for the same field; raises FieldKeysError."""
    sealed = bytes(sealed)  # PostgreSQL hands out memoryview
    head, nonce, body = sealed[:_HEAD_BYTES], sealed[_HEAD_BYTES:][:_NONCE_BYTES], sealed[_HEAD_BYTES + _NONCE_BYTES :]
    cipher = _ring().ciphers.get(key_number(sealed))
    if cipher is None or head[:1] != _FORMAT:
        raise FieldKeysError(_("解不开这个加密字段：密钥文件里没有它的密钥，请从备份恢复密钥文件。"))
    try:
        return cipher.decrypt(nonce, body, head + purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise FieldKeysError(_("解不开这个加密字段：数据被改动过，或密钥文件不是这套数据的。")) from error


def encrypt_text(plain: str, *, purpose: str) -> bytes:
    """As encrypt, for text; empty text stays empty."""
    return encrypt(plain.encode(), purpose=purpose) if plain else b""


def decrypt_text(sealed: bytes, *, purpose: str) -> str:
    """As decrypt, for text."""
    return decrypt(sealed, purpose=purpose).decode() if sealed else ""


def key_number(sealed: bytes) -> int:
    """Which key of the ring sealed a value."""
    return int.from_bytes(bytes(sealed)[1:_HEAD_BYTES])


def is_sealed_with_current_key(sealed: bytes) -> bool:
    """False where a value should be sealed again after a rotation."""
    return key_number(sealed) == _ring().current


def exact_index(value: str, *, purpose: str) -> bytes:
    """32 bytes that are equal for equal values of one field and tell nothing else: for exact search and duplicates."""
    message = purpose.encode() + b"\0" + normalise(value).encode("utf-8", "surrogatepass")
    return hmac.new(_ring().index_key, message, hashlib.sha256).digest()


def derived_key(*, purpose: str) -> bytes:
    """32 bytes for one purpose outside this program, the same as long as the ring's index key stays."""
    derivation = HKDF(algorithm=hashes.SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode())
    return derivation.derive(_ring().index_key)


def _ring() -> KeyRing:
    path = Path(settings.FIELD_KEYS_FILE)
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise FieldKeysError(_("没有密钥文件，请先运行 repertory init，或从备份恢复。")) from None
    return _load(path, changed)


@lru_cache(maxsize=4)
def _load(path: Path, changed: int) -> KeyRing:
    content = json.loads(path.read_text())
    ciphers = {int(number): AESGCM(base64.b64decode(key)) for number, key in content["keys"].items()}
    return KeyRing(int(content["current"]), ciphers, base64.b64decode(content["index"]))


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _write(path: Path, content: dict, *, replace: bool) -> None:
    """The whole file or nothing, readable by the owner only, on the disk before it counts."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mkstemp: mode 600
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
        else:
            os.link(temporary, path)  # fails where another process was first: its keys must live
            os.unlink(temporary)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
