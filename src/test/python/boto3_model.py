"""IAM and STS against the service models that botocore ships: every limit, every promised member.

LAKEBED_HTTP is the end point, LAKEBED_DOCS the folder of the documents, whose list of what is built
is taken at its word. The IAM API must not be read only. What the server decides otherwise than the
model is in DIFFERENT and LATER, with the reason.
"""

import json
import os
import re
import unittest
from pathlib import Path

from botocore import xform_name
from botocore.client import Config
from botocore.exceptions import ClientError

import boto3
from iam_flow import ADMIN, ARN, GET, TRUST, Flow

OK = (200, "")
INVALID = (400, "ValidationError")
METADATA = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp/">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>
<!-- %s --></EntityDescriptor>""" % (
    "x" * 1000
)
PASSWORD = "Correct-Horse-1-Battery"

# Documents may hold any script: they name keys of catalogs.
DIFFERENT = {"policyDocumentType", "sessionPolicyDocumentType", "unrestrictedSessionPolicyDocumentType"}
# One name for existing users, of 128 characters; the model has one of 64 too, for some actions.
LATER = {("userNameType", "too long")}
# What this server has no meaning for is said to be not implemented, whatever its value.
UNBUILT = ("SerialNumber", "TokenCode", "ProviderId", "ProvidedContexts")
SCRIPT, CONTROL = "\u4e00", "\u0001"


def violations(shape):
    """Names and values that break the limits of a text, by the model."""
    limits = shape.metadata
    least, most, form = limits.get("min", 0), limits.get("max"), limits.get("pattern")
    if "enum" in limits:
        yield "no such value", "Nonsense"
    if least:
        yield "too short", "x" * (least - 1)
    if most and most < 1_000_000:
        yield "too long", filling(form, most + 1)
    if form and shape.name not in DIFFERENT:
        spelt = form.replace(r"\p{L}", "a-z\u4e00").replace(r"\p{Z}", " ").replace(r"\p{N}", "0-9")
        for bad in (CONTROL, SCRIPT, "*", "/ /", "a b!", "/x"):
            text = bad + "x" * (least - len(bad))
            if not re.fullmatch(spelt, text, re.ASCII):
                yield "of another form", text


def filling(form, length):
    """A text of that length which only its length makes wrong."""
    path = form and "/" in form.replace(r"\u002F", "/")[:4]
    return "/" + "x" * (length - 2) + "/" if path else "x" * length


class Model(Flow):
    def setUp(self):
        super().setUp()
        self.service = None

    def use(self, service):
        self.service = service
        # The client's own checks are off: the server's are the ones to see.
        config = Config(parameter_validation=False, retries={"max_attempts": 1})
        self.caller = boto3.client(service, endpoint_url=self.endpoint, config=config, **ADMIN)
        self.model = self.caller.meta.service_model

    def built(self):
        text = Path(os.environ["LAKEBED_DOCS"], "compatibility.md").read_text()
        section = text[text.index("## IAM") : text.index("## S3 Tables")]
        words = set(re.findall(r"\w+", section.split("\nNot built", 1)[0]))
        return [name for name in self.model.operation_names if name in words]

    def call(self, operation, arguments):
        try:
            return OK, getattr(self.caller, xform_name(operation))(**arguments)
        except ClientError as refusal:
            answer = refusal.response
            code = answer["Error"]["Code"]
            return (answer["ResponseMetadata"]["HTTPStatusCode"], code), answer["Error"]

    def breaks(self, operation, what, arguments, also=()):
        with self.subTest(operation=operation, what=what):
            outcome, error = self.call(operation, arguments)
            self.assertIn(outcome, [INVALID, *also], error.get("Message", "taken"))

    def requires(self, operation, good):
        shape = self.model.operation_model(operation).input_shape
        return {name: good[name] for name in (shape.required_members if shape else [])}

    def limits(self, operation, good):
        shape = self.model.operation_model(operation).input_shape
        if not shape:
            return
        needed = self.requires(operation, good)
        for name in needed:
            self.breaks(
                operation, name + " missing", {k: v for k, v in needed.items() if k != name}
            )
        for name, member in shape.members.items():
            for what, value in self.values(member):
                later = (member.name, what) in LATER and not operation.startswith("CreateUser")
                also = [(404, "NoSuchEntity")] if later else []
                self.breaks(operation, name + " " + what, dict(needed, **{name: value}), also)

    def values(self, shape):
        limits = shape.metadata
        if shape.type_name == "string":
            yield from violations(shape)
        elif shape.type_name == "integer":
            yield "too small", limits["min"] - 1
            yield "too large", limits["max"] + 1
        elif shape.type_name == "list":
            yield from self.lists(shape)

    def lists(self, shape):
        most, member = shape.metadata.get("max"), shape.member
        if member.type_name == "string":
            for what, value in violations(member):
                yield "member " + what, [value]
            if most:
                yield "too many", ["k%d" % i for i in range(most + 1)]
            return
        sample = {"Key": "k", "Value": "v", "ContextKeyName": "aws:k", "ContextKeyValues": ["v"]}
        sample = {name: sample[name] for name in member.members if name in sample}
        if most and sample:
            yield "too many", [dict(sample, Key="k%d" % i) for i in range(most + 1)]
        for name in member.required_members:
            yield "without " + name, [{k: v for k, v in sample.items() if k != name}]
        for name, field in member.members.items():
            for what, value in violations(field) if field.type_name == "string" else ():
                yield "%s %s" % (name, what), [dict(sample, **{name: value})]

    def shaped(self, operation, needed):
        """A value where a list belongs, a list where a value belongs, a name that is none."""
        shape = self.model.operation_model(operation).input_shape
        names = {"Unheard": "of", "Unheard.member.1": "of"}
        for name, member in (shape.members if shape else {}).items():
            if member.type_name == "list":
                names[name] = "text"
            else:
                names[name + ".member.1"] = "x"
            if member.type_name in ("integer", "boolean"):
                names[name] = "junk"

        for name, value in names.items():

            def put(params, **_):
                params["body"][name] = value

            event = "before-call.%s.%s" % (self.service, operation)
            self.caller.meta.events.register(event, put)
            try:
                asked = name.partition(".")[0]
                unbuilt = [(501, "NotImplemented")] if asked in UNBUILT else []
                self.breaks(operation, "%s=%s" % (name, value), needed, unbuilt)
            finally:
                self.caller.meta.events.unregister(event, put)

    def whole(self, shape, value, where):
        """All members that the model promises, at any depth."""
        if shape.type_name == "structure":
            for name in shape.required_members:
                self.assertIn(name, value, where)
            for name in shape.members:
                if name in value:
                    self.whole(shape.members[name], value[name], where + "." + name)
        elif shape.type_name == "list":
            for item in value:
                self.whole(shape.member, item, where + "[]")

    def world(self):
        """One of everything, and for each parameter a value that names it."""
        n, iam = self.name, self.iam
        undo = self.addCleanup
        iam.create_user(UserName=n)
        undo(iam.delete_user, UserName=n)
        iam.create_group(GroupName=n)
        undo(iam.delete_group, GroupName=n)
        role = self.role()
        policy = iam.create_policy(PolicyName=n, PolicyDocument=json.dumps(GET))["Policy"]["Arn"]
        undo(iam.delete_policy, PolicyArn=policy)
        iam.create_policy_version(PolicyArn=policy, PolicyDocument=json.dumps(GET))
        undo(iam.delete_policy_version, PolicyArn=policy, VersionId="v2")
        iam.create_instance_profile(InstanceProfileName=n)
        undo(iam.delete_instance_profile, InstanceProfileName=n)
        iam.add_role_to_instance_profile(InstanceProfileName=n, RoleName=n)
        undo(iam.remove_role_from_instance_profile, InstanceProfileName=n, RoleName=n)
        iam.add_user_to_group(GroupName=n, UserName=n)
        undo(iam.remove_user_from_group, GroupName=n, UserName=n)
        for kind in ("user", "group", "role"):
            holder = {kind.title() + "Name": n}
            for name in ("in", "in2"):
                entry = dict(PolicyName=name, **holder)
                getattr(iam, "put_%s_policy" % kind)(PolicyDocument=json.dumps(GET), **entry)
                undo(getattr(iam, "delete_%s_policy" % kind), **entry)
            getattr(iam, "attach_%s_policy" % kind)(PolicyArn=policy, **holder)
            undo(getattr(iam, "detach_%s_policy" % kind), PolicyArn=policy, **holder)
        key = iam.create_access_key(UserName=n)["AccessKey"]["AccessKeyId"]
        undo(iam.delete_access_key, UserName=n, AccessKeyId=key)
        iam.create_login_profile(UserName=n, Password=PASSWORD)
        undo(iam.delete_login_profile, UserName=n)
        oidc = iam.create_open_id_connect_provider(
            Url="https://%s.example/x" % n, ClientIDList=["a", "b"], ThumbprintList=["0a" * 20]
        )["OpenIDConnectProviderArn"]
        undo(iam.delete_open_id_connect_provider, OpenIDConnectProviderArn=oidc)
        saml = iam.create_saml_provider(Name=n, SAMLMetadataDocument=METADATA)["SAMLProviderArn"]
        undo(iam.delete_saml_provider, SAMLProviderArn=saml)
        tags = [{"Key": "k", "Value": "v"}, {"Key": "\u5730\u533a", "Value": "\u00fc \u00df"}]
        iam.tag_user(UserName=n, Tags=tags)
        iam.tag_role(RoleName=n, Tags=tags)
        iam.tag_policy(PolicyArn=policy, Tags=tags)
        iam.tag_instance_profile(InstanceProfileName=n, Tags=tags)
        iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=oidc, Tags=tags)
        iam.tag_saml_provider(SAMLProviderArn=saml, Tags=tags)
        job = iam.generate_service_last_accessed_details(Arn=role["Arn"])["JobId"]
        return dict(
            UserName=n,
            NewUserName=n,
            GroupName=n,
            NewGroupName=n,
            RoleName=n,
            PolicyName="in",
            InstanceProfileName=n,
            Name=n + "2",
            PolicyArn=policy,
            PermissionsBoundary=policy,
            OpenIDConnectProviderArn=oidc,
            SAMLProviderArn=saml,
            AccessKeyId=key,
            VersionId="v2",
            Status="Active",
            PolicyDocument=json.dumps(GET),
            AssumeRolePolicyDocument=json.dumps(TRUST),
            Description="d",
            SAMLMetadataDocument=METADATA,
            Url="https://%s2.example/" % n,
            ClientID="a",
            ThumbprintList=["0b" * 20],
            Tags=tags,
            TagKeys=["absent"],
            PolicySourceArn=role["Arn"],
            Arn=role["Arn"],
            ActionNames=["s3:GetObject"],
            PolicyInputList=[json.dumps(GET)],
            ServiceNamespace="s3",
            ServiceNamespaces=["s3", "iam"],
            JobId=job,
            AccountAlias=n,
            Password=PASSWORD,
            OldPassword="x",
            NewPassword=PASSWORD,
        )

    def reads(self):
        return [o for o in self.built() if o.startswith(("Get", "List", "Simulate", "Generate"))]

    def test_iam_keeps_every_limit_of_its_model(self):
        self.use("iam")
        good = self.world()
        for operation in self.built():
            self.limits(operation, good)

    def test_iam_takes_no_parameter_of_another_shape(self):
        self.use("iam")
        good = self.world()
        for operation in self.built():
            self.shaped(operation, self.requires(operation, good))

    def test_iam_answers_what_its_model_promises(self):
        self.use("iam")
        good = self.world()
        for operation in self.reads():
            with self.subTest(operation=operation):
                arguments = self.requires(operation, good)
                if operation == "GetLoginProfile":
                    arguments["UserName"] = good["UserName"]
                outcome, answer = self.call(operation, arguments)
                if operation == "GetAccountPasswordPolicy":
                    self.assertIn(outcome, [OK, (404, "NoSuchEntity")])
                else:
                    self.assertEqual(OK, outcome, answer)
                shape = self.model.operation_model(operation).output_shape
                if outcome == OK and shape:
                    self.whole(shape, answer, operation)

    def test_iam_pages_hold_everything_once(self):
        self.use("iam")
        good = self.world()
        for operation in self.reads():
            members = self.model.operation_model(operation).input_shape
            if members and "MaxItems" in members.members:
                with self.subTest(operation=operation):
                    self.walk(operation, self.requires(operation, good))

    def walk(self, operation, needed):
        outcome, everything = self.call(operation, dict(needed, MaxItems=1000))
        self.assertEqual(OK, outcome, everything)
        self.assertFalse(self.truncated(everything))
        seen, marker = [], {}
        while True:
            outcome, page = self.call(operation, dict(needed, MaxItems=1, **marker))
            self.assertEqual(OK, outcome, page)
            self.assertLessEqual(len(self.items(page)), 1)
            seen += self.items(page)
            self.assertEqual(self.truncated(page), "Marker" in page)
            if not self.truncated(page):
                break
            marker = dict(Marker=page["Marker"])
        self.assertCountEqual(self.items(everything), seen)
        for junk in ("junk", "AAAA", "%"):
            self.breaks(operation, "Marker=" + junk, dict(needed, Marker=junk))

    @staticmethod
    def truncated(page):
        """The model of ListDelegationRequests has the only small initial."""
        return page["isTruncated" if "isTruncated" in page else "IsTruncated"]

    @staticmethod
    def items(page):
        lists = [value for value in page.values() if isinstance(value, list)]
        return [json.dumps(item, default=str) for items in lists for item in items]

    def test_sts_keeps_every_limit_of_its_model(self):
        self.use("sts")
        role = self.role()["Arn"]
        good = dict(
            RoleArn=role,
            RoleSessionName="me",
            PrincipalArn=ARN + "saml-provider/none",
            SAMLAssertion="AAAA",
            WebIdentityToken="a.b.c",
            EncodedMessage="x",
            AccessKeyId="A" * 20,
            Name="me",
            Audience=["me"],
            SigningAlgorithm="RS256",
        )
        elsewhere = ("AssumeRoot", "GetDelegatedAccessToken", "GetScopedCredentials")
        for operation in self.model.operation_names:
            if operation not in elsewhere:
                with self.subTest(operation=operation):
                    self.shaped(operation, self.requires(operation, good))
                    self.sts_limits(operation, good)

    def sts_limits(self, operation, good):
        shape = self.model.operation_model(operation).input_shape
        needed = self.requires(operation, good)
        for name in needed:
            # Without a role the session is the caller's own, or the claims say it.
            if name != "RoleArn":
                rest = {k: v for k, v in needed.items() if k != name}
                self.breaks(operation, name + " missing", rest)
        for name, member in (shape.members if shape else {}).items():
            if name in UNBUILT:
                with self.subTest(operation=operation, unbuilt=name):
                    value = [{"ProviderArn": ARN}] if member.type_name == "list" else "123456"
                    outcome, error = self.call(operation, dict(needed, **{name: value}))
                    self.assertEqual((501, "NotImplemented"), outcome, error)
                continue
            for what, value in self.values(member):
                # Length: AWS documents one for all policies; the operator may allow longer sessions,
                # so the role, hence the token, comes first.
                also = [(400, "PackedPolicyTooLarge")] if name == "Policy" else []
                if what == "too large":
                    also = [(400, "InvalidIdentityToken")]
                self.breaks(operation, name + " " + what, dict(needed, **{name: value}), also)


class ModelHttp(Model, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTP"]


if __name__ == "__main__":
    unittest.main()
