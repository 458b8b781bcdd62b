# What is made by everything.tf and main.tf, taken into an empty state.

import {
  to = aws_iam_user.catalog
  id = "catalog"
}

import {
  to = aws_iam_group.readers
  id = "readers"
}

import {
  to = aws_iam_role.bounded
  id = "bounded"
}

import {
  to = aws_iam_role_policy.bounded
  id = "bounded:inline"
}

import {
  to = aws_iam_role_policy_attachment.vended
  id = "catalog-vended/arn:aws:iam::000000000000:policy/lake"
}

import {
  to = aws_iam_policy.limit
  id = "arn:aws:iam::000000000000:policy/team/limit"
}

import {
  to = aws_iam_instance_profile.bounded
  id = "bounded"
}

import {
  to = aws_iam_openid_connect_provider.idp
  id = "arn:aws:iam::000000000000:oidc-provider/idp.example/realms/lake"
}

import {
  to = aws_iam_saml_provider.idp
  id = "arn:aws:iam::000000000000:saml-provider/idp"
}

import {
  to = aws_iam_account_alias.this
  id = "a-lake"
}

import {
  to = aws_iam_account_password_policy.this
  id = "iam-account-password-policy"
}

import {
  to = aws_s3_bucket_policy.lake
  id = "lake"
}

import {
  to = aws_s3tables_table_bucket.iceberg
  id = "arn:aws:s3tables:us-east-1:000000000000:bucket/iceberg"
}
