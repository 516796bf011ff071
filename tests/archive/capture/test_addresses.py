from ipaddress import ip_address

import pytest

from archive.capture.addresses import is_public, read_host


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2a00:1450::5efe:a00:1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2a00:1450:400f::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_refused(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["31.13.72.36", "9.9.9.9", "172.15.255.255", "2a03:2880:f10a:83::1", "::ffff:31.13.72.36", "64:ff9b::1f0d:4824"],
)
def test_public(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("WWW.Facebook.com", "www.facebook.com"),
        ("facebook.com.", "facebook.com"),
        ("xn--rksmrgs-5wao1o.se", "xn--rksmrgs-5wao1o.se"),
        ("127.0.0.1", ip_address("127.0.0.1")),
        ("[::1]", ip_address("::1")),
    ],
)
def test_hosts_are_read_in_one_form(written, meant):
    assert read_host(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        ".",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "facebook.com..",
        "facebook.com@127.0.0.1",
        "facebook.com:80",
        "face%62ook.com",
        "facebook.com/",
        "räksmörgås.se",
        "a" * 64 + ".se",
        "::1",
        "[127.0.0.1]",
        "[::1",
    ],
)
def test_what_is_no_host_is_refused(written):
    with pytest.raises(ValueError, match="is not a host"):
        read_host(written)
