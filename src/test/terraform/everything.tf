# Beside docs/examples/terraform/main.tf: a resource of every other kind that this server has.

resource "aws_iam_policy" "limit" {
  name        = "limit"
  path        = "/team/"
  description = "No more than this: data, sessions"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "sts:*"], Resource = "*" }]
  })
  tags = { team = "lake", "Größe" = "ä / ö" }
}

resource "aws_iam_user" "bounded" {
  name                 = "bounded"
  path                 = "/team/"
  permissions_boundary = aws_iam_policy.limit.arn
  force_destroy        = true
}

resource "aws_iam_user_login_profile" "bounded" {
  user                    = aws_iam_user.bounded.name
  password_length         = 20
  password_reset_required = true
  depends_on              = [aws_iam_account_password_policy.this]
}

resource "aws_iam_user_policy" "bounded" {
  name   = "inline"
  user   = aws_iam_user.bounded.name
  policy = data.aws_iam_policy_document.lake.json
}

resource "aws_iam_group" "readers" {
  name = "readers"
  path = "/team/"
}

resource "aws_iam_group_membership" "readers" {
  name  = "readers"
  group = aws_iam_group.readers.name
  users = [aws_iam_user.bounded.name]
}

resource "aws_iam_group_policy" "readers" {
  name   = "inline"
  group  = aws_iam_group.readers.name
  policy = data.aws_iam_policy_document.lake.json
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}

resource "aws_iam_role" "bounded" {
  name                 = "bounded"
  path                 = "/team/"
  description          = "A role with everything"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.session_seconds
  permissions_boundary = aws_iam_policy.limit.arn
  tags                 = { team = "lake" }
}

resource "aws_iam_role_policy" "bounded" {
  name   = "inline"
  role   = aws_iam_role.bounded.id
  policy = data.aws_iam_policy_document.lake.json
}

resource "aws_iam_instance_profile" "bounded" {
  name = "bounded"
  path = "/team/"
  role = aws_iam_role.bounded.name
  tags = { team = "lake" }
}

resource "aws_iam_openid_connect_provider" "idp" {
  url             = "https://idp.example/realms/lake"
  client_id_list  = ["lakebed", "other"]
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
  tags            = { team = "lake" }
}

resource "aws_iam_saml_provider" "idp" {
  name                   = "idp"
  saml_metadata_document = <<-XML
    <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/saml">
      <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>
      <!-- ${join("", [for i in range(100) : "at least 1000 characters "])} -->
    </EntityDescriptor>
  XML
  tags                   = { team = "lake" }
}

resource "aws_iam_account_alias" "this" {
  account_alias = "a-lake"
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = 12
  require_lowercase_characters   = true
  require_numbers                = true
  require_uppercase_characters   = true
  require_symbols                = true
  allow_users_to_change_password = true
}

resource "aws_s3_bucket_policy" "lake" {
  bucket = aws_s3_bucket.lake.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Vended"
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.vended.arn }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.lake.arn}/*"
    }]
  })
}

resource "aws_s3_object" "hello" {
  bucket       = aws_s3_bucket.lake.id
  key          = "wh/hello world.txt"
  content      = "hello"
  content_type = "text/plain"
}

resource "aws_s3tables_table_bucket_policy" "iceberg" {
  table_bucket_arn = aws_s3tables_table_bucket.iceberg.arn
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.vended.arn }
      Action    = "s3tables:GetTable*"
      Resource  = "${aws_s3tables_table_bucket.iceberg.arn}/*"
    }]
  })
}
