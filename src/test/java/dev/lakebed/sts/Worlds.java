package dev.lakebed.sts;

/** Configurations for tests of trust. */
final class Worlds {
  private Worlds() {}

  static final String CLOSED =
      world(
          """
          {"roleName":"Vend","attachedPolicies":["Everything"],"maxSessionDuration":7200,
           "trustPolicy":{"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:user/keeper"},
              "Action":"sts:AssumeRole",
              "Condition":{"StringEquals":{"sts:ExternalId":"tenant-7"}}}]}},
          {"roleName":"Tagged","roleArn":"arn:aws:iam::000000000000:role/a/b/Tagged",
           "attachedPolicies":["Everything"],
           "trustPolicy":{"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":"*",
              "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],
              "Condition":{"StringEqualsIfExists":{"aws:RequestTag/team":["red","blue"]}}}]}},
          {"roleName":"Plain","attachedPolicies":["Everything"],
           "trustPolicy":{"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}},
          {"roleName":"Account","attachedPolicies":["Everything"],
           "trustPolicy":{"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole"}]}},
          {"roleName":"ReadOnly","attachedPolicies":["Read"],
           "trustPolicy":{"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}},
          {"roleName":"Foreign","roleArn":"arn:aws:iam::999999999999:role/Foreign",
           "attachedPolicies":["Everything"],
           "trustPolicy":{"Version":"2012-10-17","Statement":[
             {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:user/keeper"},
              "Action":"sts:AssumeRole"}]}}
          """,
          true);

  static String world(String roles, boolean keeperEnabled) {
    return """
    {"identities":[
      {"name":"admin","actions":["Admin"],
       "credentials":[{"accessKey":"AKADMIN","secretKey":"secretsecretsecret"}]},
      {"name":"keeper","actions":["Read","List","Write"],"disabled":%s,
       "credentials":[{"accessKey":"AKKEEPER","secretKey":"secretsecretsecret"}]},
      {"name":"other","actions":["Read","List","Write"],
       "credentials":[{"accessKey":"AKOTHER","secretKey":"secretsecretsecret"}]},
      {"name":"barred","actions":["Read"],"policyNames":["NoAssume"],
       "credentials":[{"accessKey":"AKBARRED","secretKey":"secretsecretsecret"}]}],
     "serviceAccounts":[{"id":"s","parentUser":"keeper","actions":["Read:only"],
       "credential":{"accessKey":"AKSERVICE","secretKey":"secretsecretsecret"}}],
     "policies":[
      {"name":"Everything","document":{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"*","Resource":"*"}]}},
      {"name":"Read","document":{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}},
      {"name":"NoAssume","document":{"Version":"2012-10-17","Statement":[
        {"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}]}}],
     "roles":[%s]}
    """
        .formatted(!keeperEnabled, roles);
  }

  static String role(String name) {
    return "arn:aws:iam::000000000000:role/" + name;
  }
}
