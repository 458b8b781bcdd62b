"""What botocore tools sign by default against a foreign end point: version 2 in URLs and forms.

boto3's defaults, and boto3 told to sign headers by version 2; with long-term and with temporary keys, in path style and virtual-host style. LAKEBED_HTTP is the
end point. Expectations: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
"""

import os
import socket
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["LAKEBED_HTTP"]
KEY = dict(aws_access_key_id="admin", aws_secret_access_key="admin", region_name="us-east-1")
ROLE = "arn:aws:iam::000000000000:role/LakekeeperVendedRole"

# RFC 6761 makes every name below localhost loopback; the C library does not know it.
_getaddrinfo = socket.getaddrinfo


def _loopback(host, *args, **kwargs):
    local = isinstance(host, str) and host.endswith(".localhost")
    return _getaddrinfo("127.0.0.1" if local or host == "localhost" else host, *args, **kwargs)


socket.getaddrinfo = _loopback


def fetch(url, method="GET", data=None, headers=None):
    request = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    if data is not None and "Content-type" not in request.headers:
        # urllib would send one of its own, which nobody signed.
        request.add_unredirected_header("Content-type", "")
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def form(fields, content):
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n')
    body = "".join(parts).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": "multipart/form-data; boundary=" + boundary}


class Clients:
    """Runs once per kind of key and addressing style."""

    style = "path"
    temporary = False

    def setUp(self):
        self.keys = dict(KEY)
        if self.temporary:
            sts = boto3.client("sts", endpoint_url=ENDPOINT, **KEY)
            given = sts.assume_role(RoleArn=ROLE, RoleSessionName="sigv2")["Credentials"]
            self.keys = dict(
                aws_access_key_id=given["AccessKeyId"],
                aws_secret_access_key=given["SecretAccessKey"],
                aws_session_token=given["SessionToken"],
                region_name="us-east-1",
            )
        self.bucket = "sigv2-" + uuid.uuid4().hex[:12]
        boto3.client("s3", endpoint_url=ENDPOINT, **KEY).create_bucket(Bucket=self.bucket)
        self.s3 = self.client()
        self.key = "a b/\u00e9+%/k.txt"

    def client(self, **more):
        config = Config(s3={"addressing_style": self.style}, retries={"max_attempts": 1}, **more)
        return boto3.client("s3", endpoint_url=ENDPOINT, config=config, **self.keys)

    def url(self, operation, **parameters):
        url = self.s3.generate_presigned_url(
            operation, Params=dict(Bucket=self.bucket, Key=self.key, **parameters), ExpiresIn=60
        )
        self.assertIn("AWSAccessKeyId=", url)
        return url

    def test_presigned_urls_of_boto3_with_its_defaults(self):
        self.assertEqual(200, fetch(self.url("put_object"), "PUT", b"hello")[0])
        self.assertEqual((200, b"hello"), fetch(self.url("get_object")))
        named = self.url("get_object", ResponseContentDisposition='attachment; filename="\u00e9 a"')
        self.assertEqual((200, b"hello"), fetch(named))
        self.assertEqual(403, fetch(self.url("get_object"), "DELETE")[0])
        self.assertEqual(403, fetch(self.url("get_object") + "&versionId=null")[0])
        self.assertEqual(403, fetch(self.url("get_object").replace("k.txt", "l.txt"))[0])
        self.assertEqual(204, fetch(self.url("delete_object"), "DELETE")[0])

    def test_metadata_that_boto3_signs_into_a_presigned_url_is_kept(self):
        url = self.url("put_object", Metadata={"team": "red"}, ContentType="text/x-lake")
        headers = {"Content-type": "text/x-lake"}
        self.assertEqual(200, fetch(url, "PUT", b"hello", headers)[0])
        head = self.s3.head_object(Bucket=self.bucket, Key=self.key)
        self.assertEqual({"team": "red"}, head["Metadata"])
        self.assertEqual("text/x-lake", head["ContentType"])

    def test_presigned_forms_of_boto3_with_its_defaults(self):
        post = self.s3.generate_presigned_post(self.bucket, "up/${filename}", ExpiresIn=60)
        self.assertIn("AWSAccessKeyId", post["fields"])
        body, headers = form(post["fields"], b"hello")
        self.assertEqual(204, fetch(post["url"], "POST", body, headers)[0])
        body, headers = form(dict(post["fields"], acl="private"), b"hello")
        self.assertEqual(403, fetch(post["url"], "POST", body, headers)[0])

    def test_headers_signed_by_version_2(self):
        old = self.client(signature_version="s3")
        old.put_object(Bucket=self.bucket, Key=self.key, Body=b"hello", Metadata={"a": "1"})
        self.assertEqual(b"hello", old.get_object(Bucket=self.bucket, Key=self.key)["Body"].read())
        listed = old.list_objects_v2(Bucket=self.bucket, Prefix="a b/")
        self.assertEqual(1, listed["KeyCount"])
        upload = old.create_multipart_upload(Bucket=self.bucket, Key="m")["UploadId"]
        part = old.upload_part(
            Bucket=self.bucket, Key="m", UploadId=upload, PartNumber=1, Body=b"part"
        )
        old.complete_multipart_upload(
            Bucket=self.bucket,
            Key="m",
            UploadId=upload,
            MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
        )
        old.copy_object(
            Bucket=self.bucket, Key="n", CopySource={"Bucket": self.bucket, "Key": self.key}
        )
        gone = old.delete_objects(
            Bucket=self.bucket, Delete={"Objects": [{"Key": "m"}, {"Key": "n"}]}
        )
        self.assertEqual(2, len(gone["Deleted"]))

    def test_a_wrong_secret_is_refused(self):
        keys = dict(self.keys, aws_secret_access_key="wrong")
        old = boto3.client(
            "s3", endpoint_url=ENDPOINT, config=Config(signature_version="s3"), **keys
        )
        with self.assertRaises(ClientError) as refused:
            old.list_objects_v2(Bucket=self.bucket)
        self.assertEqual("SignatureDoesNotMatch", refused.exception.response["Error"]["Code"])


class PathStyle(Clients, unittest.TestCase):
    pass


class VirtualHostStyle(Clients, unittest.TestCase):
    style = "virtual"


class TemporaryKeys(Clients, unittest.TestCase):
    temporary = True


if __name__ == "__main__":
    unittest.main()
