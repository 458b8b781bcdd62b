"""What the IAM and STS tests by boto3 share: clients, an own bucket, role and user for each test."""

import json
import uuid

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError

ADMIN = dict(aws_access_key_id="admin", aws_secret_access_key="admin", region_name="us-east-1")
ACCOUNT = "000000000000"
ARN = "arn:aws:iam::%s:" % ACCOUNT
S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
S3_READ = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def statement(action, resource="*", effect="Allow", **more):
    return dict(Effect=effect, Action=action, Resource=resource, **more)


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(principal, action="sts:AssumeRole", **more):
    return document(dict(Effect="Allow", Principal={"AWS": principal}, Action=action, **more))


TRUST = trust(ARN + "user/admin")
GET = document(statement(["s3:GetObject", "s3:ListBucket"]))


class Flow:
    """Base of tests that run once per end point."""

    endpoint = None

    def setUp(self):
        self.iam = self.client("iam", ADMIN)
        self.sts = self.client("sts", ADMIN)
        self.s3 = self.client("s3", ADMIN)
        self.name = "py-" + uuid.uuid4().hex[:12]
        self.path = "/%s/" % self.name
        self.s3.create_bucket(Bucket=self.name)
        self.s3.put_object(Bucket=self.name, Key="in/o", Body=b"in")
        self.s3.put_object(Bucket=self.name, Key="out/o", Body=b"out")
        self.addCleanup(self.remove_bucket)

    def remove_bucket(self):
        for entry in self.s3.list_objects_v2(Bucket=self.name).get("Contents", []):
            self.s3.delete_object(Bucket=self.name, Key=entry["Key"])
        self.s3.delete_bucket(Bucket=self.name)

    def client(self, service, keys):
        config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1})
        return boto3.client(service, endpoint_url=self.endpoint, config=config, **keys)

    def refused(self, status, code, call, **arguments):
        with self.assertRaises(ClientError) as refusal:
            call(**arguments)
        answer = refusal.exception.response
        self.assertEqual(
            (status, code), (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"])
        )
        return answer

    def role(self, **more):
        arguments = dict(AssumeRolePolicyDocument=json.dumps(TRUST), **more)
        made = self.iam.create_role(RoleName=self.name, **arguments)["Role"]
        self.addCleanup(self.remove_role)
        return made

    def remove_role(self):
        of_role = dict(RoleName=self.name)
        for policy in self.iam.list_attached_role_policies(**of_role)["AttachedPolicies"]:
            self.iam.detach_role_policy(PolicyArn=policy["PolicyArn"], **of_role)
        for policy in self.iam.list_role_policies(**of_role)["PolicyNames"]:
            self.iam.delete_role_policy(PolicyName=policy, **of_role)
        self.iam.delete_role(**of_role)

    def user(self, *statements):
        """Makes a user with an inline policy; returns its keys."""
        self.iam.create_user(UserName=self.name)
        self.addCleanup(self.remove_user)
        if statements:
            self.iam.put_user_policy(
                UserName=self.name,
                PolicyName="own",
                PolicyDocument=json.dumps(document(*statements)),
            )
        key = self.iam.create_access_key(UserName=self.name)["AccessKey"]
        self.assertEqual((self.name, "Active"), (key["UserName"], key["Status"]))
        return dict(
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
            region_name="us-east-1",
        )

    def remove_user(self):
        of_user = dict(UserName=self.name)
        for key in self.iam.list_access_keys(**of_user)["AccessKeyMetadata"]:
            self.iam.delete_access_key(AccessKeyId=key["AccessKeyId"], **of_user)
        for policy in self.iam.list_attached_user_policies(**of_user)["AttachedPolicies"]:
            self.iam.detach_user_policy(PolicyArn=policy["PolicyArn"], **of_user)
        for policy in self.iam.list_user_policies(**of_user)["PolicyNames"]:
            self.iam.delete_user_policy(PolicyName=policy, **of_user)
        self.iam.delete_user(**of_user)

    def access(self, keys):
        """Outcomes of a get inside and outside in/, and of a put inside."""
        s3 = self.client("s3", keys)
        return [
            self.outcome(s3.get_object, Key="in/o"),
            self.outcome(s3.get_object, Key="out/o"),
            self.outcome(s3.put_object, Key="in/n", Body=b"n"),
        ]

    def outcome(self, call, **arguments):
        try:
            call(Bucket=self.name, **arguments)
            return "ok"
        except ClientError as refusal:
            return refusal.response["Error"]["Code"]
