"""IAM by boto3 with default settings, over HTTP and HTTPS.

LAKEBED_HTTP and LAKEBED_HTTPS are the end points, AWS_CA_BUNDLE the authority of the second. The
IAM API must not be read only. Expectations: the IAM API reference, as botocore's own model reads
it; exceptions are the classes that botocore makes from the model.
"""

import json
import os
import threading
import unittest
from datetime import timezone

from botocore.exceptions import WaiterError

from iam_flow import ARN, GET, S3_FULL, S3_READ, TRUST, Flow, document, statement, trust


class Iam(Flow):
    def test_terraform_makes_a_role_with_its_profile_and_takes_it_away(self):
        name, arn = self.name, ARN + "role" + self.path + self.name
        of_role = dict(RoleName=name)
        tags = [{"Key": "team", "Value": "red"}, {"Key": "Zone", "Value": ""}]
        made = self.iam.create_role(
            Path=self.path,
            AssumeRolePolicyDocument=json.dumps(TRUST),
            Description="made by a tool: ü",
            MaxSessionDuration=7200,
            Tags=tags,
            **of_role
        )["Role"]
        self.assertEqual(arn, made["Arn"])
        self.assertRegex(made["RoleId"], "^AROA[A-Z2-7]{17}$")
        policy = self.iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(GET))["Policy"]
        self.iam.attach_role_policy(PolicyArn=policy["Arn"], **of_role)
        self.iam.attach_role_policy(PolicyArn=S3_READ, **of_role)
        self.iam.put_role_policy(PolicyName="in", PolicyDocument=json.dumps(GET), **of_role)
        profile = dict(InstanceProfileName=name)
        self.iam.create_instance_profile(**profile)
        self.iam.add_role_to_instance_profile(**profile, **of_role)

        role = self.iam.get_role(**of_role)["Role"]
        self.assertEqual(
            (made["RoleId"], TRUST, "made by a tool: ü", 7200),
            (
                role["RoleId"],
                role["AssumeRolePolicyDocument"],
                role["Description"],
                role["MaxSessionDuration"],
            ),
        )
        self.assertCountEqual(tags, role["Tags"])
        self.assertEqual(timezone.utc.utcoffset(None), role["CreateDate"].utcoffset())
        attached = self.iam.list_attached_role_policies(**of_role)["AttachedPolicies"]
        self.assertCountEqual([policy["Arn"], S3_READ], [p["PolicyArn"] for p in attached])
        self.assertEqual(["in"], self.iam.list_role_policies(**of_role)["PolicyNames"])
        inline = self.iam.get_role_policy(PolicyName="in", **of_role)
        self.assertEqual(GET, inline["PolicyDocument"])
        profiles = self.iam.list_instance_profiles_for_role(**of_role)["InstanceProfiles"]
        self.assertEqual([[name]], [[r["RoleName"] for r in p["Roles"]] for p in profiles])
        found = self.iam.get_instance_profile(**profile)["InstanceProfile"]
        self.assertEqual([arn], [r["Arn"] for r in found["Roles"]])
        listed = self.iam.list_roles(PathPrefix=self.path)["Roles"]
        self.assertEqual([arn], [r["Arn"] for r in listed])
        self.assertEqual(TRUST, listed[0]["AssumeRolePolicyDocument"])
        users = self.iam.list_entities_for_policy(PolicyArn=policy["Arn"])
        self.assertEqual([name], [r["RoleName"] for r in users["PolicyRoles"]])

        self.iam.untag_role(TagKeys=["Zone"], **of_role)
        self.iam.tag_role(Tags=[{"Key": "team", "Value": "blue"}], **of_role)
        self.assertEqual(
            [{"Key": "team", "Value": "blue"}], self.iam.list_role_tags(**of_role)["Tags"]
        )
        self.iam.update_role(Description="", MaxSessionDuration=3600, **of_role)
        other = trust("*")
        self.iam.update_assume_role_policy(PolicyDocument=json.dumps(other), **of_role)
        changed = self.iam.get_role(**of_role)["Role"]
        self.assertEqual(
            (other, 3600), (changed["AssumeRolePolicyDocument"], changed["MaxSessionDuration"])
        )
        self.assertNotIn("Description", changed)

        conflict = self.iam.exceptions.DeleteConflictException
        with self.assertRaises(conflict):
            self.iam.delete_role(**of_role)
        with self.assertRaises(conflict):
            self.iam.delete_instance_profile(**profile)
        with self.assertRaises(conflict):
            self.iam.delete_policy(PolicyArn=policy["Arn"])
        self.iam.remove_role_from_instance_profile(**profile, **of_role)
        self.iam.delete_instance_profile(**profile)
        self.iam.delete_role_policy(PolicyName="in", **of_role)
        self.iam.detach_role_policy(PolicyArn=S3_READ, **of_role)
        with self.assertRaises(conflict):
            self.iam.delete_role(**of_role)
        self.iam.detach_role_policy(PolicyArn=policy["Arn"], **of_role)
        self.iam.delete_role(**of_role)
        self.iam.delete_policy(PolicyArn=policy["Arn"])
        gone = self.iam.exceptions.NoSuchEntityException
        with self.assertRaises(gone):
            self.iam.get_role(**of_role)
        with self.assertRaises(gone):
            self.iam.get_policy(PolicyArn=policy["Arn"])
        with self.assertRaises(gone):
            self.iam.get_instance_profile(**profile)

    def test_a_key_of_a_user_reaches_the_store_as_its_policies_say(self):
        bucket = "arn:aws:s3:::" + self.name
        keys = self.user(statement("s3:GetObject", bucket + "/in/*"))
        of_user = dict(UserName=self.name)
        self.assertEqual(["ok", "AccessDenied", "AccessDenied"], self.access(keys))
        self.iam.attach_user_policy(PolicyArn=S3_FULL, **of_user)
        self.assertEqual(["ok", "ok", "ok"], self.access(keys))
        used = self.iam.get_access_key_last_used(AccessKeyId=keys["aws_access_key_id"])
        self.assertEqual(
            (self.name, "s3", "us-east-1"),
            (
                used["UserName"],
                used["AccessKeyLastUsed"]["ServiceName"],
                used["AccessKeyLastUsed"]["Region"],
            ),
        )
        second = self.iam.create_access_key(**of_user)["AccessKey"]["AccessKeyId"]
        with self.assertRaises(self.iam.exceptions.LimitExceededException):
            self.iam.create_access_key(**of_user)
        listed = self.iam.list_access_keys(**of_user)["AccessKeyMetadata"]
        self.assertCountEqual(
            [keys["aws_access_key_id"], second], [k["AccessKeyId"] for k in listed]
        )
        key = dict(AccessKeyId=keys["aws_access_key_id"], **of_user)
        self.iam.update_access_key(Status="Inactive", **key)
        self.assertEqual(["InvalidAccessKeyId"] * 3, self.access(keys))
        self.refused(
            403, "InvalidClientTokenId", self.client("sts", keys).get_caller_identity
        )
        self.iam.update_access_key(Status="Active", **key)
        self.assertEqual(["ok", "ok", "ok"], self.access(keys))
        self.iam.delete_access_key(**key)
        self.assertEqual(["InvalidAccessKeyId"] * 3, self.access(keys))

    def test_a_user_is_cleared_away_as_tools_do_it_by_force(self):
        self.user(statement("s3:GetObject"))
        of_user = dict(UserName=self.name)
        password = "Aa1!" + self.name
        self.iam.create_login_profile(Password=password, **of_user)
        with self.assertRaises(self.iam.exceptions.DeleteConflictException):
            self.iam.delete_user(**of_user)
        self.iam.delete_login_profile(**of_user)
        for operation, members in (
            ("list_mfa_devices", "MFADevices"),
            ("list_ssh_public_keys", "SSHPublicKeys"),
            ("list_signing_certificates", "Certificates"),
        ):
            pages = self.iam.get_paginator(operation).paginate(**of_user)
            self.assertEqual([], pages.build_full_result()[members])
        own = self.iam.list_service_specific_credentials(**of_user)
        self.assertEqual([], own["ServiceSpecificCredentials"])
        self.assertEqual([], self.iam.list_virtual_mfa_devices()["VirtualMFADevices"])
        self.assertEqual([], self.iam.list_server_certificates()["ServerCertificateMetadataList"])

    def test_groups_give_their_policies_to_their_members(self):
        keys = self.user()
        group, member = dict(GroupName=self.name), dict(UserName=self.name)
        self.iam.create_group(**group)
        self.iam.attach_group_policy(PolicyArn=S3_READ, **group)
        self.iam.add_user_to_group(**group, **member)
        self.assertEqual(["ok", "ok", "AccessDenied"], self.access(keys))
        groups = self.iam.list_groups_for_user(**member)["Groups"]
        self.assertEqual([self.name], [g["GroupName"] for g in groups])
        found = self.iam.get_group(**group)
        self.assertEqual([self.name], [u["UserName"] for u in found["Users"]])
        self.iam.put_user_permissions_boundary(PermissionsBoundary=S3_FULL, **member)
        bounded = self.iam.get_user(**member)["User"]["PermissionsBoundary"]
        self.assertEqual(S3_FULL, bounded["PermissionsBoundaryArn"])
        self.iam.delete_user_permissions_boundary(**member)
        with self.assertRaises(self.iam.exceptions.DeleteConflictException):
            self.iam.delete_group(**group)
        self.iam.remove_user_from_group(**group, **member)
        self.assertEqual(["AccessDenied"] * 3, self.access(keys))
        self.iam.detach_group_policy(PolicyArn=S3_READ, **group)
        self.iam.delete_group(**group)

    def test_policy_versions_are_kept_and_one_counts(self):
        keys = self.user()
        made = self.iam.create_policy(
            PolicyName=self.name, PolicyDocument=json.dumps(GET), Description="reads"
        )["Policy"]
        self.assertEqual(("v1", 0, True), tuple(
            made[k] for k in ("DefaultVersionId", "AttachmentCount", "IsAttachable")
        ))
        of_policy = dict(PolicyArn=made["Arn"])
        self.iam.attach_user_policy(UserName=self.name, **of_policy)
        self.assertEqual(["ok", "ok", "AccessDenied"], self.access(keys))
        put = document(statement("s3:PutObject"))
        second = self.iam.create_policy_version(PolicyDocument=json.dumps(put), **of_policy)
        self.assertEqual(
            ("v2", False),
            (
                second["PolicyVersion"]["VersionId"],
                second["PolicyVersion"]["IsDefaultVersion"],
            ),
        )
        self.assertEqual(["ok", "ok", "AccessDenied"], self.access(keys))
        self.iam.set_default_policy_version(VersionId="v2", **of_policy)
        self.assertEqual(["AccessDenied", "AccessDenied", "ok"], self.access(keys))
        for _ in range(3):
            self.iam.create_policy_version(
                PolicyDocument=json.dumps(GET), SetAsDefault=True, **of_policy
            )
        with self.assertRaises(self.iam.exceptions.LimitExceededException):
            self.iam.create_policy_version(PolicyDocument=json.dumps(GET), **of_policy)
        versions = self.iam.list_policy_versions(**of_policy)["Versions"]
        self.assertEqual(
            [("v5", True), ("v4", False), ("v3", False), ("v2", False), ("v1", False)],
            [(v["VersionId"], v["IsDefaultVersion"]) for v in versions],
        )
        read = self.iam.get_policy_version(VersionId="v2", **of_policy)["PolicyVersion"]
        self.assertEqual(put, read["Document"])
        conflict = self.iam.exceptions.DeleteConflictException
        with self.assertRaises(conflict):
            self.iam.delete_policy_version(VersionId="v5", **of_policy)
        policy = self.iam.get_policy(**of_policy)["Policy"]
        self.assertEqual(
            ("v5", 1, "reads"),
            (policy["DefaultVersionId"], policy["AttachmentCount"], policy["Description"]),
        )
        self.iam.detach_user_policy(UserName=self.name, **of_policy)
        with self.assertRaises(conflict):
            self.iam.delete_policy(**of_policy)
        for version in ("v1", "v2", "v3", "v4"):
            self.iam.delete_policy_version(VersionId=version, **of_policy)
        self.iam.delete_policy(**of_policy)

    def test_account_authorization_details_show_everything_with_its_policies(self):
        self.user(statement("s3:GetObject"))
        self.role(Tags=[{"Key": "a", "Value": "b"}])
        self.iam.attach_role_policy(RoleName=self.name, PolicyArn=S3_READ)
        policy = self.iam.create_policy(PolicyName=self.name, PolicyDocument=json.dumps(GET))
        arn = policy["Policy"]["Arn"]
        self.addCleanup(self.iam.delete_policy, PolicyArn=arn)
        paginator = self.iam.get_paginator("get_account_authorization_details")
        everything = paginator.paginate(PaginationConfig={"PageSize": 3}).build_full_result()

        def own(kind, key):
            found = [entry for entry in everything[kind] if entry[key] == self.name]
            self.assertEqual(1, len(found), kind)
            return found[0]

        user = own("UserDetailList", "UserName")
        self.assertEqual(
            [{"PolicyName": "own", "PolicyDocument": document(statement("s3:GetObject"))}],
            user["UserPolicyList"],
        )
        role = own("RoleDetailList", "RoleName")
        self.assertEqual(TRUST, role["AssumeRolePolicyDocument"])
        self.assertEqual([{"Key": "a", "Value": "b"}], role["Tags"])
        self.assertEqual(
            [{"PolicyName": "AmazonS3ReadOnlyAccess", "PolicyArn": S3_READ}],
            role["AttachedManagedPolicies"],
        )
        version = own("Policies", "PolicyName")["PolicyVersionList"][0]
        self.assertEqual((GET, True), (version["Document"], version["IsDefaultVersion"]))
        ids = [entry["Arn"] for entry in everything["Policies"]]
        self.assertEqual(len(ids), len(set(ids)))
        only = self.iam.get_account_authorization_details(Filter=["Role"])
        self.assertEqual([], only["UserDetailList"] + only["Policies"])
        summary = self.iam.get_account_summary()["SummaryMap"]
        self.assertEqual(len(everything["UserDetailList"]), summary["Users"])
        self.assertEqual(len(everything["RoleDetailList"]), summary["Roles"])

    def test_simulation_says_what_would_be_decided(self):
        bucket = "arn:aws:s3:::" + self.name
        keys = self.user(
            statement("s3:GetObject", bucket + "/in/*"),
            statement("s3:*", bucket + "/in/no", "Deny"),
            statement(
                "s3:ListBucket", bucket, Condition={"StringLike": {"s3:prefix": "in/*"}}
            ),
        )
        source = ARN + "user/" + self.name
        pages = self.iam.get_paginator("simulate_principal_policy").paginate(
            PolicySourceArn=source,
            ActionNames=["s3:GetObject", "s3:PutObject"],
            ResourceArns=[bucket + "/in/o", bucket + "/in/no"],
            PaginationConfig={"PageSize": 1},
        )
        results = [r for page in pages for r in page["EvaluationResults"]]
        self.assertEqual(
            [
                ("s3:GetObject", bucket + "/in/o", "allowed"),
                ("s3:GetObject", bucket + "/in/no", "explicitDeny"),
                ("s3:PutObject", bucket + "/in/o", "implicitDeny"),
                ("s3:PutObject", bucket + "/in/no", "explicitDeny"),
            ],
            [(r["EvalActionName"], r["EvalResourceName"], r["EvalDecision"]) for r in results],
        )
        for result in results[0], results[0]["ResourceSpecificResults"][0]:
            self.assertEqual(
                [("user_" + self.name + "_own", "user")],
                [(s["SourcePolicyId"], s["SourcePolicyType"]) for s in result["MatchedStatements"]],
            )
            self.assertEqual(1, result["MatchedStatements"][0]["StartPosition"]["Line"])
        self.assertEqual({}, results[0]["EvalDecisionDetails"])
        self.assertEqual(["ok", "AccessDenied", "AccessDenied"], self.access(keys))

        def listing(*entries):
            return self.iam.simulate_principal_policy(
                PolicySourceArn=source,
                ActionNames=["s3:ListBucket"],
                ResourceArns=[bucket],
                ContextEntries=list(entries),
            )["EvaluationResults"][0]

        entry = dict(ContextKeyName="s3:prefix", ContextKeyType="string")
        self.assertEqual(
            "allowed", listing(dict(ContextKeyValues=["in/a"], **entry))["EvalDecision"]
        )
        self.assertEqual(
            "implicitDeny", listing(dict(ContextKeyValues=["out/"], **entry))["EvalDecision"]
        )
        missing = listing()
        self.assertEqual([], missing["MissingContextValues"])
        self.assertEqual(
            ["s3:prefix"], missing["ResourceSpecificResults"][0]["MissingContextValues"]
        )
        custom = self.iam.simulate_custom_policy(
            PolicyInputList=[json.dumps(GET)], ActionNames=["s3:GetObject", "s3:DeleteObject"]
        )["EvaluationResults"]
        self.assertEqual(["allowed", "implicitDeny"], [r["EvalDecision"] for r in custom])
        misspelt = self.iam.simulate_custom_policy(
            PolicyInputList=[json.dumps(GET).replace("GetObject", "GetObejct")],
            ActionNames=["s3:GetObject"],
        )["EvaluationResults"][0]
        self.assertEqual("implicitDeny", misspelt["EvalDecision"])
        self.assertEqual(
            {"Unknown action s3:GetObejct in policy PolicyInputList.1, statement #0": "implicitDeny"},
            misspelt["EvalDecisionDetails"],
        )
        context = self.iam.get_context_keys_for_principal_policy(PolicySourceArn=source)
        self.assertEqual(["s3:prefix"], context["ContextKeyNames"])

    def test_paginators_see_everything_once(self):
        names = ["%s-%d" % (self.name, number) for number in range(5)]
        for name in names:
            self.iam.create_user(UserName=name, Path=self.path)
            self.addCleanup(self.iam.delete_user, UserName=name)

        def pages(operation, key, size, **arguments):
            found = self.iam.get_paginator(operation).paginate(
                PaginationConfig={"PageSize": size}, **arguments
            )
            return [[entry for entry in page[key]] for page in found]

        users = pages("list_users", "Users", 2, PathPrefix=self.path)
        self.assertEqual([2, 2, 1], [len(page) for page in users])
        self.assertEqual(names, [user["UserName"] for page in users for user in page])
        policies = [p["Arn"] for page in pages("list_policies", "Policies", 4) for p in page]
        self.assertEqual(len(policies), len(set(policies)))
        self.assertIn(S3_FULL, policies)
        tags = [{"Key": "k%d" % number, "Value": "v"} for number in range(5)]
        self.iam.tag_user(UserName=names[0], Tags=tags)
        listed = pages("list_user_tags", "Tags", 2, UserName=names[0])
        self.assertEqual(tags, [tag for page in listed for tag in page])
        resumed = self.iam.get_paginator("list_users").paginate(
            PathPrefix=self.path, PaginationConfig={"MaxItems": 3, "PageSize": 2}
        ).build_full_result()
        rest = self.iam.get_paginator("list_users").paginate(
            PathPrefix=self.path, PaginationConfig={"StartingToken": resumed["NextToken"]}
        ).build_full_result()
        self.assertEqual(names, [u["UserName"] for u in resumed["Users"] + rest["Users"]])

    def test_waiters_wait_until_it_is_there(self):
        once = {"Delay": 1, "MaxAttempts": 1}
        patient = {"Delay": 1, "MaxAttempts": 60}
        waits = {
            "role_exists": dict(RoleName=self.name),
            "user_exists": dict(UserName=self.name),
            "instance_profile_exists": dict(InstanceProfileName=self.name),
            "policy_exists": dict(PolicyArn=ARN + "policy/" + self.name),
        }
        failures = []

        def wait(waiter, arguments):
            try:
                self.iam.get_waiter(waiter).wait(WaiterConfig=patient, **arguments)
            except WaiterError as failure:
                failures.append(failure)

        threads = []
        for waiter, arguments in waits.items():
            with self.assertRaises(WaiterError) as absent:
                self.iam.get_waiter(waiter).wait(WaiterConfig=once, **arguments)
            self.assertEqual(
                "NoSuchEntity", absent.exception.last_response["Error"]["Code"], waiter
            )
            threads.append(threading.Thread(target=wait, args=(waiter, arguments)))
        for thread in threads:
            thread.start()
        self.role()
        self.user()
        self.iam.create_instance_profile(InstanceProfileName=self.name)
        self.addCleanup(self.iam.delete_instance_profile, InstanceProfileName=self.name)
        self.iam.create_policy(PolicyName=self.name, PolicyDocument=json.dumps(GET))
        self.addCleanup(self.iam.delete_policy, PolicyArn=ARN + "policy/" + self.name)
        for thread in threads:
            thread.join()
        self.assertEqual([], failures)

    def test_errors_are_the_exceptions_of_the_model(self):
        errors = self.iam.exceptions
        self.role()
        with self.assertRaises(errors.EntityAlreadyExistsException):
            self.iam.create_role(
                RoleName=self.name.upper(), AssumeRolePolicyDocument=json.dumps(TRUST)
            )
        with self.assertRaises(errors.NoSuchEntityException):
            self.iam.get_user(UserName=self.name)
        with self.assertRaises(errors.NoSuchEntityException):
            self.iam.attach_role_policy(RoleName=self.name, PolicyArn=ARN + "policy/absent")
        with self.assertRaises(errors.MalformedPolicyDocumentException) as malformed:
            self.iam.put_role_policy(
                RoleName=self.name,
                PolicyName="bad",
                PolicyDocument='{"Version":"2012-10-17",\n "Statement":[{"Effect":"Maybe"}]}',
            )
        self.assertIn("line 2", malformed.exception.response["Error"]["Message"])
        with self.assertRaises(errors.MalformedPolicyDocumentException):
            self.iam.create_role(
                RoleName=self.name + "-2", AssumeRolePolicyDocument=json.dumps(GET)
            )
        with self.assertRaises(errors.UnmodifiableEntityException):
            self.iam.delete_role(RoleName="LakekeeperVendedRole")
        large = document(statement("s3:GetObject", "arn:aws:s3:::" + "x" * 11000))
        with self.assertRaises(errors.LimitExceededException):
            self.iam.put_role_policy(
                RoleName=self.name, PolicyName="large", PolicyDocument=json.dumps(large)
            )
        self.refused(
            400,
            "ValidationError",
            self.iam.update_role,
            RoleName=self.name,
            MaxSessionDuration=43201,
        )
        denied = self.refused(
            403, "AccessDenied", self.client("iam", self.user()).get_role, RoleName=self.name
        )
        self.assertEqual("Sender", denied["Error"]["Type"])
        self.assertTrue(denied["ResponseMetadata"]["RequestId"])


class Http(Iam, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTP"]


class Https(Iam, unittest.TestCase):
    endpoint = os.environ["LAKEBED_HTTPS"]


if __name__ == "__main__":
    unittest.main()
