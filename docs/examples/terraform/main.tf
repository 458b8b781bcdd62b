# A lake on Lakebed: a bucket, a catalog with its own user, the role that it hands out, a table bucket.
# A server whose configuration file names identities needs LAKEBED_IAM_READ_ONLY=false. Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 6.0.0"
    }
  }
}

variable "endpoint" {
  description = "The address of the server, as clients use it: it is part of every signature"
  default     = "http://localhost:8333"
}

variable "external_id" {
  description = "What the catalog must say to assume the role"
  default     = "warehouse-1"
}

variable "session_seconds" {
  description = "How long the sessions of the role may be"
  default     = 3600
}

provider "aws" {
  region                  = "us-east-1"
  s3_use_path_style       = true
  skip_metadata_api_check = true

  endpoints {
    iam      = var.endpoint
    s3       = var.endpoint
    s3tables = var.endpoint
    sts      = var.endpoint
  }
}

data "aws_caller_identity" "this" {}

resource "aws_s3_bucket" "lake" {
  bucket        = "lake"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "lake" {
  bucket                  = aws_s3_bucket.lake.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "lake" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.lake.arn]
  }
  statement {
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
    resources = ["${aws_s3_bucket.lake.arn}/*"]
  }
}

resource "aws_iam_policy" "lake" {
  name   = "lake"
  policy = data.aws_iam_policy_document.lake.json
}

resource "aws_iam_user" "catalog" {
  name = "catalog"
  tags = { team = "lake" }
}

resource "aws_iam_access_key" "catalog" {
  user = aws_iam_user.catalog.name
}

resource "aws_iam_user_policy_attachment" "catalog" {
  user       = aws_iam_user.catalog.name
  policy_arn = aws_iam_policy.lake.arn
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.catalog.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

resource "aws_iam_role" "vended" {
  name                 = "catalog-vended"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.session_seconds
}

resource "aws_iam_role_policy_attachment" "vended" {
  role       = aws_iam_role.vended.name
  policy_arn = aws_iam_policy.lake.arn
}

resource "aws_s3tables_table_bucket" "iceberg" {
  name = "iceberg"
}

resource "aws_s3tables_namespace" "sales" {
  table_bucket_arn = aws_s3tables_table_bucket.iceberg.arn
  namespace        = "sales"
}

output "account" {
  value = data.aws_caller_identity.this.account_id
}

output "catalog_key" {
  value = aws_iam_access_key.catalog.id
}

output "catalog_secret" {
  value     = aws_iam_access_key.catalog.secret
  sensitive = true
}

output "role" {
  value = aws_iam_role.vended.arn
}
