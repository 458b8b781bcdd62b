"""STS by boto3 with default settings, over HTTP and HTTPS, for identities made by the IAM API.

LAKEBED_HTTP and LAKEBED_HTTPS are the end points, AWS_CA_BUNDLE the authority of the second. The
IAM API must not be read only. Expectations: the STS API reference, as botocore's own model reads
it; exceptions are the classes that botocore makes from the model.
"""

import json
import os
import unittest
from datetime import datetime, timedelta, timezone

from botocore.exceptions import ClientError

from iam_flow import ACCOUNT, ARN, GET, S3_FULL, S3_READ, TRUST, Flow, document, statement, trust

SECOND = timedelta(seconds=1)


def of(credentials):
    """What a client needs to use the credentials of an STS answer."""
    return dict(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
        region_name="us-east-1",
    )


class Sts(Flow):
    def test_sessions_have_what_their_policies_leave(self):
        role = self.role(MaxSessionDuration=3600)
        self.iam.attach_role_policy(RoleName=self.name, PolicyArn=S3_FULL)
        narrow = document(statement("s3:GetObject", "arn:aws:s3:::%s/in/*" % self.name))
        asked = dict(RoleArn=role["Arn"], RoleSessionName="boto3")
        before = datetime.now(timezone.utc)
        given = self.sts.assume_role(Policy=json.dumps(narrow), DurationSeconds=900, **asked)
        after = datetime.now(timezone.utc)
        expiration = given["Credentials"]["Expiration"]
        self.assertLessEqual(before + timedelta(seconds=900) - SECOND, expiration)
        self.assertLessEqual(expiration, after + timedelta(seconds=900) + SECOND)
        self.assertEqual(
            {
                "AssumedRoleId": role["RoleId"] + ":boto3",
                "Arn": "arn:aws:sts::%s:assumed-role/%s/boto3" % (ACCOUNT, self.name),
            },
            given["AssumedRoleUser"],
        )
        self.assertGreater(given["PackedPolicySize"], 0)
        keys = of(given["Credentials"])
        self.assertEqual(["ok", "AccessDenied", "AccessDenied"], self.access(keys))
        self.assertEqual(
            given["AssumedRoleUser"]["Arn"],
            self.client("sts", keys).get_caller_identity()["Arn"],
        )
        managed = self.sts.assume_role(PolicyArns=[{"arn": S3_READ}], **asked)
        self.assertEqual(["ok", "ok", "AccessDenied"], self.access(of(managed["Credentials"])))
        whole = of(self.sts.assume_role(**asked)["Credentials"])
        self.assertEqual(["ok", "ok", "ok"], self.access(whole))
        with self.assertRaises(self.sts.exceptions.MalformedPolicyDocumentException):
            self.sts.assume_role(Policy='{"Statement": {}}', **asked)
        with self.assertRaises(self.sts.exceptions.PackedPolicyTooLargeException):
            self.sts.assume_role(Policy=json.dumps(GET) + " " * 2048, **asked)
        self.refused(400, "ValidationError", self.sts.assume_role, DurationSeconds=3601, **asked)
        self.refused(
            403,
            "AccessDenied",
            self.sts.assume_role,
            RoleArn=ARN + "role/absent",
            RoleSessionName="boto3",
        )
        self.iam.detach_role_policy(RoleName=self.name, PolicyArn=S3_FULL)
        self.assertEqual(["AccessDenied"] * 3, self.access(whole))
        self.iam.delete_role(RoleName=self.name)
        self.assertEqual(["InvalidAccessKeyId"] * 3, self.access(whole))
        self.iam.create_role(RoleName=self.name, AssumeRolePolicyDocument=json.dumps(TRUST))
        self.assertEqual(["InvalidAccessKeyId"] * 3, self.access(whole))

    def test_an_external_id_and_tags_are_asked_for_by_the_trust_policy(self):
        keys = self.user()
        source = ARN + "user/" + self.name
        condition = {
            "StringEquals": {"sts:ExternalId": "warehouse-1", "aws:RequestTag/team": "red"}
        }
        demanding = trust(source, ["sts:AssumeRole", "sts:TagSession"], Condition=condition)
        role = self.role()
        self.iam.update_assume_role_policy(
            RoleName=self.name, PolicyDocument=json.dumps(demanding)
        )
        own = statement("s3:*", "arn:aws:s3:::%s/${aws:PrincipalTag/folder}/*" % self.name)
        self.iam.put_role_policy(
            RoleName=self.name, PolicyName="own", PolicyDocument=json.dumps(document(own))
        )
        sts = self.client("sts", keys)
        asked = dict(RoleArn=role["Arn"], RoleSessionName="tagged")
        tags = [{"Key": "team", "Value": "red"}, {"Key": "folder", "Value": "in"}]
        given = sts.assume_role(ExternalId="warehouse-1", Tags=tags, **asked)["Credentials"]
        self.assertEqual(["ok", "AccessDenied", "ok"], self.access(of(given)))
        for wrong in (
            dict(Tags=tags),
            dict(Tags=tags, ExternalId="warehouse-2"),
            dict(ExternalId="warehouse-1"),
            dict(Tags=tags[1:], ExternalId="warehouse-1"),
        ):
            self.refused(403, "AccessDenied", sts.assume_role, **wrong, **asked)

    def test_a_user_gets_session_and_federation_tokens(self):
        objects = "arn:aws:s3:::%s/*" % self.name
        keys = self.user(
            statement(["s3:GetObject", "s3:PutObject"], objects),
            statement("sts:GetFederationToken", "arn:aws:sts::*:federated-user/job-*"),
        )
        sts = self.client("sts", keys)
        me = self.iam.get_user(UserName=self.name)["User"]
        who = sts.get_caller_identity()
        self.assertEqual(
            (ACCOUNT, me["Arn"], me["UserId"]), (who["Account"], who["Arn"], who["UserId"])
        )
        own = of(sts.get_session_token(DurationSeconds=900)["Credentials"])
        self.assertEqual(["ok", "ok", "ok"], self.access(own))
        self.assertEqual(me["Arn"], self.client("sts", own).get_caller_identity()["Arn"])
        narrow = document(statement("s3:*", "arn:aws:s3:::%s/in/*" % self.name))
        given = sts.get_federation_token(Name="job-1", Policy=json.dumps(narrow))
        arn = "arn:aws:sts::%s:federated-user/job-1" % ACCOUNT
        self.assertEqual(
            {"FederatedUserId": ACCOUNT + ":job-1", "Arn": arn}, given["FederatedUser"]
        )
        federated = of(given["Credentials"])
        self.assertEqual(["ok", "AccessDenied", "ok"], self.access(federated))
        self.assertEqual(arn, self.client("sts", federated).get_caller_identity()["Arn"])
        everything = document(statement("*"))
        broad = self.sts.get_federation_token(Name="job-1", Policy=json.dumps(everything))
        limited = of(broad["Credentials"])
        self.assertEqual(["ok", "ok", "ok"], self.access(limited))
        self.refused(403, "AccessDenied", self.client("iam", limited).list_users)
        self.refused(
            403,
            "AccessDenied",
            self.client("sts", limited).assume_role,
            RoleArn=ARN + "role/LakekeeperVendedRole",
            RoleSessionName="boto3",
        )
        nothing = of(sts.get_federation_token(Name="job-2")["Credentials"])
        self.assertEqual(["AccessDenied"] * 3, self.access(nothing))
        self.refused(403, "AccessDenied", sts.get_federation_token, Name="other")
        account = self.sts.get_access_key_info(AccessKeyId=keys["aws_access_key_id"])
        self.assertEqual(ACCOUNT, account["Account"])

    def test_a_refusal_is_decoded_for_whoever_may(self):
        keys = self.user()
        s3 = self.client("s3", keys)
        s3.meta.events.register(
            "before-sign.s3",
            lambda request, **_: request.headers.add_header(
                "x-lakebed-authorization-message", "true"
            ),
        )
        with self.assertRaises(ClientError) as refusal:
            s3.get_object(Bucket=self.name, Key="in/o")
        headers = refusal.exception.response["ResponseMetadata"]["HTTPHeaders"]
        encoded = dict(EncodedMessage=headers["x-lakebed-authorization-message"])
        decoded = json.loads(self.sts.decode_authorization_message(**encoded)["DecodedMessage"])
        self.assertEqual(
            (False, False, "s3:GetObject", "arn:aws:s3:::%s/in/o" % self.name),
            (
                decoded["allowed"],
                decoded["explicitDeny"],
                decoded["context"]["action"],
                decoded["context"]["resource"],
            ),
        )
        self.assertEqual(headers["x-lakebed-decision-id"], decoded["decisionId"])
        self.assertEqual(ARN + "user/" + self.name, decoded["context"]["principal"]["arn"])
        sts = self.client("sts", keys)
        self.refused(403, "AccessDenied", sts.decode_authorization_message, **encoded)
        with self.assertRaises(self.sts.exceptions.InvalidAuthorizationMessageException):
            self.sts.decode_authorization_message(EncodedMessage="x" + encoded["EncodedMessage"])


class Http(Sts, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTP"]


class Https(Sts, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTPS"]


if __name__ == "__main__":
    unittest.main()
