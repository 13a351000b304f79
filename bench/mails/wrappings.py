"""Wrappings that programs put around content: a winmail.dat and a signed S/MIME envelope, made here."""

from __future__ import annotations

import datetime as dt
import struct
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

MESSAGE, ATTACHMENT = 1, 2


def _attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
    total = sum(data) & 0xFFFF
    return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", total)


def winmail(name: str, data: bytes) -> bytes:
    """A TNEF file that holds one file (MS-OXTNEF), its name in GBK."""
    return b"".join(
        (
            struct.pack("<IH", 0x223E9F78, 1),
            _attribute(MESSAGE, 0x9006, 8, struct.pack("<I", 0x10000)),
            _attribute(MESSAGE, 0x9007, 6, struct.pack("<II", 936, 0)),
            _attribute(ATTACHMENT, 0x9002, 6, b"\x01\x00" + b"\xff" * 4 + b"\x00" * 8),
            _attribute(ATTACHMENT, 0x8010, 1, name.encode("gbk") + b"\x00"),
            _attribute(ATTACHMENT, 0x800F, 6, data),
        )
    )


@cache
def _signer() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "writer")])
    begins = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=3650))
    )
    return made.sign(key, hashes.SHA256()), key


def signed(content: bytes) -> bytes:
    """The content inside a CMS signed-data envelope, as "opaque" S/MIME mails carry it."""
    certificate, key = _signer()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
