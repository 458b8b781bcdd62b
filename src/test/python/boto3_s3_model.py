"""Every operation of Amazon S3 that botocore's service model has and this server has not.

LAKEBED_HTTP is the end point, LAKEBED_DOCS the folder of the documents, whose list of what is built
is taken at its word. The newer botocore is, the more operations there are that nobody here knows:
none of them may run as another one.
"""

import os
import re
import unittest
import uuid
from pathlib import Path

from botocore import xform_name
from botocore.client import Config
from botocore.exceptions import ClientError

import boto3

KEY = dict(aws_access_key_id="admin", aws_secret_access_key="admin", region_name="us-east-1")
BODY = b"unchanged"
# They are signed for other services, s3express and s3-object-lambda.
ELSEWHERE = {"ListDirectoryBuckets", "WriteGetObjectResponse"}


def sample(shape):
    """A value of that shape with what is required."""
    if shape.type_name == "structure":
        union = list(shape.members)[:1] if shape.is_tagged_union else []
        return {name: sample(shape.members[name]) for name in shape.required_members + union}
    if shape.type_name == "list":
        return [sample(shape.member)]
    if "enum" in shape.metadata:
        return shape.metadata["enum"][0]
    values = {"integer": 1, "long": 1, "boolean": True, "map": {}, "timestamp": 0, "blob": b"x"}
    return values.get(shape.type_name, "x")


class Model(unittest.TestCase):
    def setUp(self):
        # Host names of other end points do not resolve here; the samples are none that AWS takes.
        config = Config(
            s3={"addressing_style": "path"},
            retries={"max_attempts": 1},
            inject_host_prefix=False,
            parameter_validation=False,
        )
        self.s3 = boto3.client("s3", endpoint_url=os.environ["LAKEBED_HTTP"], config=config, **KEY)
        self.model = self.s3.meta.service_model
        self.bucket = "model-" + uuid.uuid4().hex[:12]
        self.s3.create_bucket(Bucket=self.bucket)
        self.s3.put_object(Bucket=self.bucket, Key="k", Body=BODY)

    def tearDown(self):
        self.s3.delete_object(Bucket=self.bucket, Key="k")
        self.s3.delete_bucket(Bucket=self.bucket)

    def unbuilt(self):
        """What the page lists as not built, and what has an address that nothing on it has."""
        text = Path(os.environ["LAKEBED_DOCS"], "compatibility.md").read_text()
        section = text[text.index("## S3") : text.index("| matter | here |")]
        built, missing = section.split("\nNot built", 1)
        known = set(re.findall(r"\w+", built))
        names = self.model.operation_names
        addresses = {self.address(name) for name in names if name in known}
        listed = set(re.findall(r"\w+", missing))
        return [n for n in names if n in listed or self.address(n) not in addresses]

    def address(self, name):
        http = self.model.operation_model(name).http
        return http["method"], http["requestUri"]

    def arguments(self, name):
        shape = self.model.operation_model(name).input_shape
        given = sample(shape)
        given.update({k: v for k, v in (("Bucket", self.bucket), ("Key", "k")) if k in given})
        return given

    def test_what_is_not_built_answers_501_and_changes_nothing(self):
        unbuilt = set(self.unbuilt()) - ELSEWHERE
        self.assertIn("PutObjectRetention", unbuilt)
        for name in unbuilt:
            with self.subTest(operation=name):
                self.refused(501, "NotImplemented", name)
                got = self.s3.get_object(Bucket=self.bucket, Key="k")
                self.assertEqual(BODY, got["Body"].read())

    def test_what_is_signed_for_another_service_is_refused(self):
        for name in ELSEWHERE:
            with self.subTest(operation=name):
                self.refused(400, "AuthorizationHeaderMalformed", name)

    def refused(self, status, code, name):
        with self.assertRaises(ClientError) as refusal:
            getattr(self.s3, xform_name(name))(**self.arguments(name))
        answer = refusal.exception.response
        self.assertEqual(
            (status, code), (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"])
        )


if __name__ == "__main__":
    unittest.main()
