"""Private fields are sealed, opened, found again, and survive a change of keys."""

import stat

import pytest

from repertory.core import crypto
from repertory.core.crypto import FieldKeysError, create_keys, decrypt, encrypt, exact_index, rotate_keys


@pytest.fixture
def ring(tmp_path, settings):
    settings.FIELD_KEYS_FILE = tmp_path / "field_keys.json"
    create_keys(settings.FIELD_KEYS_FILE)
    return settings.FIELD_KEYS_FILE


def test_a_sealed_value_opens_again_and_hides_its_text(ring):
    sealed = encrypt(b"13812345678", purpose="person.phone")
    assert decrypt(sealed, purpose="person.phone") == b"13812345678"
    assert decrypt(memoryview(sealed), purpose="person.phone") == b"13812345678"
    assert b"1381" not in sealed
    assert sealed != encrypt(b"13812345678", purpose="person.phone")


def test_empty_text_stays_empty(ring):
    assert crypto.encrypt_text("", purpose="x") == b""
    assert crypto.decrypt_text(crypto.encrypt_text("生日", purpose="x"), purpose="x") == "生日"


def test_a_value_copied_to_another_field_does_not_open(ring):
    with pytest.raises(FieldKeysError):
        decrypt(encrypt(b"secret", purpose="person.phone"), purpose="person.note")


@pytest.mark.parametrize("position", [0, 1, 2, 5, 16, -1])
def test_a_changed_byte_is_noticed(ring, position):
    sealed = bytearray(encrypt(b"secret", purpose="x"))
    sealed[position] ^= 1
    with pytest.raises(FieldKeysError):
        decrypt(bytes(sealed), purpose="x")


def test_the_file_is_private_and_never_overwritten(ring):
    before = ring.read_bytes()
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    assert create_keys(ring) is False
    assert ring.read_bytes() == before
    assert [path.name for path in ring.parent.iterdir()] == ["field_keys.json"]


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(ring):
    old, index = encrypt(b"old", purpose="x"), exact_index("old", purpose="x")
    assert rotate_keys(ring) == 2
    new = encrypt(b"new", purpose="x")
    assert (crypto.key_number(old), crypto.key_number(new)) == (1, 2)
    assert decrypt(old, purpose="x") == b"old"
    assert not crypto.is_sealed_with_current_key(old)
    assert exact_index("old", purpose="x") == index
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600


def test_equal_values_have_equal_indexes_in_one_field_only(ring):
    assert exact_index("ＡＢ 1", purpose="x") == exact_index("ab 1", purpose="x")
    assert exact_index("ab1", purpose="x") != exact_index("ab1", purpose="y")
    assert len(exact_index("ab1", purpose="x")) == 32


def test_without_the_file_the_message_says_what_to_do(tmp_path, settings):
    settings.FIELD_KEYS_FILE = tmp_path / "none.json"
    with pytest.raises(FieldKeysError, match="repertory init"):
        encrypt(b"x", purpose="x")
