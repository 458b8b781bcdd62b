"""The Lakekeeper flow by boto3 with default settings, over HTTP and HTTPS, path style and virtual host.

LAKEBED_HTTP and LAKEBED_HTTPS are the end points, AWS_CA_BUNDLE the authority of the second.
Expectations: Amazon S3 and S3 Tables API references, as botocore's own models read them.
"""

import hashlib
import os
import socket
import ssl
import unittest
import urllib.error
import urllib.request
import uuid

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

KEY = dict(aws_access_key_id="admin", aws_secret_access_key="admin", region_name="us-east-1")
ROLE = "arn:aws:iam::000000000000:role/LakekeeperVendedRole"
PART = 5 * 1024 * 1024

# RFC 6761 makes every name below localhost loopback; the C library does not know it.
_getaddrinfo = socket.getaddrinfo


def _loopback(host, *args, **kwargs):
    local = isinstance(host, str) and host.endswith(".localhost")
    return _getaddrinfo("127.0.0.1" if local or host == "localhost" else host, *args, **kwargs)


socket.getaddrinfo = _loopback


def fetch(url, method="GET", data=None):
    context = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
    # OpenSSL takes no wildcard right below a top-level name; botocore's own check does.
    context.check_hostname = ".localhost" not in url
    request = urllib.request.Request(url, data=data, method=method)
    with urllib.request.urlopen(request, context=context) as response:
        return response.status, response.read()


class Flow:
    """Runs once per end point and addressing style."""

    endpoint = None
    style = "path"

    def setUp(self):
        sts = boto3.client("sts", endpoint_url=self.endpoint, **KEY)
        given = sts.assume_role(RoleArn=ROLE, RoleSessionName="boto3-flow")["Credentials"]
        self.session = dict(
            aws_access_key_id=given["AccessKeyId"],
            aws_secret_access_key=given["SecretAccessKey"],
            aws_session_token=given["SessionToken"],
            region_name="us-east-1",
        )
        config = Config(s3={"addressing_style": self.style}, retries={"max_attempts": 1})
        self.s3 = boto3.client("s3", endpoint_url=self.endpoint, config=config, **self.session)
        # botocore presigns for other end points by signature version 2 unless told otherwise.
        signed = Config(s3={"addressing_style": self.style}, signature_version="s3v4")
        self.presigner = boto3.client(
            "s3", endpoint_url=self.endpoint, config=signed, **self.session
        )
        self.tables = boto3.client("s3tables", endpoint_url=self.endpoint, **self.session)
        self.bucket = "boto3-" + uuid.uuid4().hex[:12]
        self.s3.create_bucket(Bucket=self.bucket)

    def tearDown(self):
        self.empty(self.bucket)
        self.s3.delete_bucket(Bucket=self.bucket)
        with self.assertRaises(ClientError) as gone:
            self.s3.head_bucket(Bucket=self.bucket)
        self.assertEqual(404, gone.exception.response["ResponseMetadata"]["HTTPStatusCode"])

    def empty(self, bucket):
        for page in self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            keys = [{"Key": entry["Key"]} for entry in page.get("Contents", [])]
            if keys:
                answer = self.s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})
                self.assertNotIn("Errors", answer)
                self.assertEqual(len(keys), len(answer["Deleted"]))

    def refused(self, status, code, call, **arguments):
        with self.assertRaises(ClientError) as refusal:
            call(**arguments)
        answer = refusal.exception.response
        self.assertEqual(
            (status, code), (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"])
        )

    def test_a_session_sees_the_bucket_it_made(self):
        self.assertIn(self.bucket, [b["Name"] for b in self.s3.list_buckets()["Buckets"]])
        self.assertEqual(
            200, self.s3.head_bucket(Bucket=self.bucket)["ResponseMetadata"]["HTTPStatusCode"]
        )
        self.assertIsNone(self.s3.get_bucket_location(Bucket=self.bucket)["LocationConstraint"])

    def test_an_object_is_read_back_whole_and_by_range(self):
        body = bytes(range(256)) * 1000
        put = self.s3.put_object(
            Bucket=self.bucket, Key="o", Body=body, ContentType="text/x-a", Metadata={"a": "b"}
        )
        self.assertEqual('"%s"' % hashlib.md5(body).hexdigest(), put["ETag"])
        self.assertIn("ChecksumCRC32", put)
        got = self.s3.get_object(Bucket=self.bucket, Key="o")
        self.assertEqual(body, got["Body"].read())
        self.assertEqual(("text/x-a", {"a": "b"}), (got["ContentType"], got["Metadata"]))
        part = self.s3.get_object(Bucket=self.bucket, Key="o", Range="bytes=10-19")
        self.assertEqual(body[10:20], part["Body"].read())
        self.assertEqual("bytes 10-19/256000", part["ContentRange"])
        tail = self.s3.get_object(Bucket=self.bucket, Key="o", Range="bytes=-5")
        self.assertEqual(body[-5:], tail["Body"].read())
        self.refused(
            416,
            "InvalidRange",
            self.s3.get_object,
            Bucket=self.bucket,
            Key="o",
            Range="bytes=256000-",
        )
        self.refused(404, "NoSuchKey", self.s3.get_object, Bucket=self.bucket, Key="absent")
        self.refused(404, "404", self.s3.head_object, Bucket=self.bucket, Key="absent")

    def test_a_body_of_unknown_length_and_an_empty_one_are_stored(self):
        with open(__file__, "rb") as file:
            self.s3.upload_fileobj(file, self.bucket, "streamed")
        with open(__file__, "rb") as file:
            body = self.s3.get_object(Bucket=self.bucket, Key="streamed")["Body"].read()
            self.assertEqual(file.read(), body)
        self.s3.put_object(Bucket=self.bucket, Key="empty")
        self.assertEqual(0, self.s3.head_object(Bucket=self.bucket, Key="empty")["ContentLength"])

    def test_every_checksum_of_this_botocore_is_kept(self):
        algorithms = ["CRC32", "SHA1", "SHA256"]
        for algorithm in algorithms:
            put = self.s3.put_object(
                Bucket=self.bucket, Key=algorithm, Body=b"sum", ChecksumAlgorithm=algorithm
            )
            head = self.s3.head_object(Bucket=self.bucket, Key=algorithm, ChecksumMode="ENABLED")
            self.assertEqual(put["Checksum" + algorithm], head["Checksum" + algorithm])
        self.refused(
            400,
            "BadDigest",
            self.s3.put_object,
            Bucket=self.bucket,
            Key="bad",
            Body=b"sum",
            ChecksumSHA256="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        )
        self.refused(404, "404", self.s3.head_object, Bucket=self.bucket, Key="bad")

    def test_a_multipart_upload_becomes_one_object(self):
        key = "ns/table/data/part.parquet"
        upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key=key)["UploadId"]
        target = dict(Bucket=self.bucket, Key=key, UploadId=upload)
        parts = []
        for number, body in ((1, b"a" * PART), (2, b"b" * 1024 * 1024)):
            sent = self.s3.upload_part(PartNumber=number, Body=body, **target)
            parts.append({"PartNumber": number, "ETag": sent["ETag"]})
        self.assertEqual([1, 2], [p["PartNumber"] for p in self.s3.list_parts(**target)["Parts"]])
        done = self.s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **target)
        self.assertTrue(done["ETag"].endswith('-2"'))
        head = self.s3.head_object(Bucket=self.bucket, Key=key)
        self.assertEqual(PART + 1024 * 1024, head["ContentLength"])
        seam = self.s3.get_object(
            Bucket=self.bucket, Key=key, Range="bytes=%d-%d" % (PART - 1, PART)
        )
        self.assertEqual(b"ab", seam["Body"].read())
        self.refused(404, "NoSuchUpload", self.s3.list_parts, **target)

    def test_an_aborted_upload_leaves_nothing(self):
        upload = self.s3.create_multipart_upload(Bucket=self.bucket, Key="gone")["UploadId"]
        target = dict(Bucket=self.bucket, Key="gone", UploadId=upload)
        self.s3.upload_part(PartNumber=1, Body=b"a", **target)
        self.s3.abort_multipart_upload(**target)
        self.assertNotIn("Uploads", self.s3.list_multipart_uploads(Bucket=self.bucket))
        self.refused(404, "404", self.s3.head_object, Bucket=self.bucket, Key="gone")

    def test_the_transfer_client_uploads_and_downloads_in_parts(self):
        body = os.urandom(9 * 1024 * 1024)
        path = os.path.join(os.environ["LAKEBED_SCRATCH"], self.bucket)
        with open(path, "wb") as file:
            file.write(body)
        self.s3.upload_file(path, self.bucket, "large")
        self.assertTrue(self.s3.head_object(Bucket=self.bucket, Key="large")["ETag"].endswith('-2"'))
        self.s3.download_file(self.bucket, "large", path)
        with open(path, "rb") as file:
            self.assertEqual(body, file.read())
        os.remove(path)

    def test_keys_with_special_characters_are_listed_as_they_are(self):
        keys = ["a+b c", "a%2Fb", "d/ü/€", "d/x&y<z>", "e'f\"g", "p/~q", "p/=r?s"]
        for key in keys:
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=key.encode())
        listed = self.s3.list_objects_v2(Bucket=self.bucket)
        self.assertEqual(sorted(keys), [entry["Key"] for entry in listed["Contents"]])
        old = self.s3.list_objects(Bucket=self.bucket)
        self.assertEqual(sorted(keys), [entry["Key"] for entry in old["Contents"]])
        for key in keys:
            got = self.s3.get_object(Bucket=self.bucket, Key=key)
            self.assertEqual(key.encode(), got["Body"].read())
        grouped = self.s3.list_objects_v2(Bucket=self.bucket, Delimiter="/")
        self.assertEqual(["d/", "p/"], [p["Prefix"] for p in grouped["CommonPrefixes"]])
        pages = self.s3.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, PaginationConfig={"PageSize": 2}
        )
        paged = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        self.assertEqual(sorted(keys), paged)

    def test_a_copy_takes_the_body_and_may_replace_the_metadata(self):
        self.s3.put_object(Bucket=self.bucket, Key="a+b c", Body=b"x", Metadata={"k": "1"})
        source = {"Bucket": self.bucket, "Key": "a+b c"}
        self.s3.copy_object(Bucket=self.bucket, Key="copy", CopySource=source)
        got = self.s3.get_object(Bucket=self.bucket, Key="copy")
        self.assertEqual((b"x", {"k": "1"}), (got["Body"].read(), got["Metadata"]))
        self.s3.copy_object(
            Bucket=self.bucket,
            Key="copy",
            CopySource=source,
            Metadata={"k": "2"},
            MetadataDirective="REPLACE",
        )
        self.assertEqual({"k": "2"}, self.s3.head_object(Bucket=self.bucket, Key="copy")["Metadata"])

    def test_conditional_writes_are_honoured(self):
        first = self.s3.put_object(Bucket=self.bucket, Key="c", Body=b"1", IfNoneMatch="*")
        self.refused(
            412,
            "PreconditionFailed",
            self.s3.put_object,
            Bucket=self.bucket,
            Key="c",
            Body=b"2",
            IfNoneMatch="*",
        )
        self.s3.put_object(Bucket=self.bucket, Key="c", Body=b"3", IfMatch=first["ETag"])
        self.assertEqual(b"3", self.s3.get_object(Bucket=self.bucket, Key="c")["Body"].read())

    def test_presigned_urls_put_and_get(self):
        target = {"Bucket": self.bucket, "Key": "pre/a+b c"}
        put = self.presigner.generate_presigned_url("put_object", Params=target, ExpiresIn=60)
        self.assertEqual(200, fetch(put, "PUT", b"signed")[0])
        get = self.presigner.generate_presigned_url("get_object", Params=target, ExpiresIn=60)
        self.assertEqual((200, b"signed"), fetch(get))
        with self.assertRaises(urllib.error.HTTPError) as refusal:
            fetch(get.replace("X-Amz-Expires=60", "X-Amz-Expires=61"))
        self.assertEqual(403, refusal.exception.code)
        self.assertIn(b"<Code>SignatureDoesNotMatch</Code>", refusal.exception.read())

    def test_table_buckets_namespaces_and_tables(self):
        name = "tb-" + uuid.uuid4().hex[:12]
        arn = self.tables.create_table_bucket(name=name)["arn"]
        self.tables.create_namespace(tableBucketARN=arn, namespace=["ns"])
        of_namespace = dict(tableBucketARN=arn, namespace="ns")
        table = self.tables.create_table(name="t", format="ICEBERG", **of_namespace)
        self.assertTrue(table["tableARN"].startswith(arn + "/table/"))
        listed = self.tables.list_tables(tableBucketARN=arn)["tables"]
        self.assertEqual(["t"], [entry["name"] for entry in listed])
        pointer = self.tables.get_table_metadata_location(name="t", **of_namespace)
        location = pointer["warehouseLocation"] + "/metadata/00000-a.metadata.json"
        bucket, key = location.removeprefix("s3://").split("/", 1)
        self.s3.put_object(Bucket=bucket, Key=key, Body=b"{}")
        moved = dict(name="t", metadataLocation=location, **of_namespace)
        self.tables.update_table_metadata_location(
            versionToken=pointer["versionToken"], **moved
        )
        with self.assertRaises(self.tables.exceptions.ConflictException):
            self.tables.update_table_metadata_location(
                versionToken=pointer["versionToken"], **moved
            )
        with self.assertRaises(self.tables.exceptions.NotFoundException):
            self.tables.get_table(name="absent", **of_namespace)
        with self.assertRaises(self.tables.exceptions.NotFoundException):
            self.tables.get_namespace(tableBucketARN=arn, namespace="absent")
        self.empty(bucket)
        self.tables.delete_table(name="t", **of_namespace)
        self.tables.delete_namespace(**of_namespace)
        self.tables.delete_table_bucket(tableBucketARN=arn)
        with self.assertRaises(self.tables.exceptions.NotFoundException):
            self.tables.get_table_bucket(tableBucketARN=arn)


    def test_tags_of_objects_buckets_and_tables(self):
        def tags(**values):
            return [{"Key": key, "Value": value} for key, value in sorted(values.items())]

        self.s3.put_object(Bucket=self.bucket, Key="o", Body=b"o", Tagging="a=1&b=x%20y")
        of_object = dict(Bucket=self.bucket, Key="o")
        self.assertEqual(
            tags(a="1", b="x y"), self.s3.get_object_tagging(**of_object)["TagSet"]
        )
        self.s3.put_object_tagging(Tagging={"TagSet": tags(c="3")}, **of_object)
        self.assertEqual(tags(c="3"), self.s3.get_object_tagging(**of_object)["TagSet"])
        self.assertEqual(1, self.s3.get_object(**of_object)["TagCount"])
        self.s3.copy_object(
            Bucket=self.bucket, Key="copy", CopySource=of_object, TaggingDirective="COPY"
        )
        copied = self.s3.get_object_tagging(Bucket=self.bucket, Key="copy")
        self.assertEqual(tags(c="3"), copied["TagSet"])
        self.s3.delete_object_tagging(**of_object)
        self.assertEqual([], self.s3.get_object_tagging(**of_object)["TagSet"])

        of_bucket = dict(Bucket=self.bucket)
        self.refused(404, "NoSuchTagSet", self.s3.get_bucket_tagging, **of_bucket)
        self.s3.put_bucket_tagging(Tagging={"TagSet": tags(a="1")}, **of_bucket)
        self.s3.put_bucket_abac(AbacStatus={"Status": "Enabled"}, **of_bucket)
        self.assertEqual(
            "Enabled", self.s3.get_bucket_abac(**of_bucket)["AbacStatus"]["Status"]
        )
        self.refused(
            400, "InvalidRequest", self.s3.delete_bucket_tagging, **of_bucket
        )
        control = boto3.client("s3control", endpoint_url=self.endpoint, **self.session)
        resource = dict(AccountId="000000000000", ResourceArn="arn:aws:s3:::" + self.bucket)
        control.tag_resource(Tags=tags(b="2"), **resource)
        self.assertEqual(
            tags(a="1", b="2"), control.list_tags_for_resource(**resource)["Tags"]
        )
        control.untag_resource(TagKeys=["a"], **resource)
        self.assertEqual(tags(b="2"), self.s3.get_bucket_tagging(**of_bucket)["TagSet"])
        self.refused(
            404,
            "NoSuchBucket",
            control.list_tags_for_resource,
            AccountId="000000000000",
            ResourceArn="arn:aws:s3:::absent-" + self.bucket,
        )

        name = "tb-" + uuid.uuid4().hex[:12]
        arn = self.tables.create_table_bucket(name=name, tags={"a": "1"})["arn"]
        self.tables.tag_resource(resourceArn=arn, tags={"b": "2"})
        self.tables.untag_resource(resourceArn=arn, tagKeys=["a"])
        self.assertEqual({"b": "2"}, self.tables.list_tags_for_resource(resourceArn=arn)["tags"])
        self.tables.delete_table_bucket(tableBucketARN=arn)


class HttpPathStyle(Flow, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTP"]


class HttpVirtualHost(Flow, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTP"]
    style = "virtual"


class HttpsPathStyle(Flow, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTPS"]


class HttpsVirtualHost(Flow, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTPS"]
    style = "virtual"


if __name__ == "__main__":
    unittest.main()
