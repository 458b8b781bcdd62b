#!/usr/bin/env bash
# The Lakekeeper flow by the aws command against LAKEBED_ENDPOINT, files in LAKEBED_SCRATCH.
# Expectations: the AWS CLI command reference; each step fails the script when it fails.
. "$(dirname "$0")/aws_cli_steps.sh"

step sts
expect arn:aws:iam::000000000000:user/admin \
  "$(aws sts get-caller-identity --query Arn --output text)"
read -r id secret token < <(aws sts assume-role \
  --role-arn arn:aws:iam::000000000000:role/LakekeeperVendedRole --role-session-name cli \
  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
export AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token
expect arn:aws:sts::000000000000:assumed-role/LakekeeperVendedRole/cli \
  "$(aws sts get-caller-identity --query Arn --output text)"

step s3 mb cp ls
bucket=cli-$(basename "$scratch" | tr 'A-Z' 'a-z' | tr -dc 'a-z0-9')
aws s3 mb "s3://$bucket"
head -c 9437184 /dev/urandom > "$scratch/large"
aws s3 cp --only-show-errors "$scratch/large" "s3://$bucket/large"
aws s3 cp --only-show-errors "s3://$bucket/large" "$scratch/large.back"
cmp "$scratch/large" "$scratch/large.back"
echo hello | aws s3 cp --only-show-errors - "s3://$bucket/a+b c"
expect hello "$(aws s3 cp --only-show-errors "s3://$bucket/a+b c" -)"
aws s3 cp --only-show-errors "s3://$bucket/large" "s3://$bucket/copied"
expect "a+b c copied large" \
  "$(aws s3 ls "s3://$bucket/" | awk '{$1=$2=$3=""; print}' | sed 's/^ *//' | paste -sd' ')"

step s3 sync rm
mkdir -p "$scratch/tree/d"
for name in 1 2 d/3; do echo "$name" > "$scratch/tree/$name"; done
aws s3 sync --only-show-errors "$scratch/tree" "s3://$bucket/tree"
aws s3 sync --only-show-errors "s3://$bucket/tree" "$scratch/back"
diff -r "$scratch/tree" "$scratch/back"
expect "" "$(aws s3 sync --dryrun --size-only "$scratch/tree" "s3://$bucket/tree")"
aws s3 rm --only-show-errors --recursive "s3://$bucket/tree"
expect 0 "$(aws s3api list-objects-v2 --bucket "$bucket" --prefix tree/ --query 'length(Contents || `[]`)')"

step s3api
expect 9437184 \
  "$(aws s3api head-object --bucket "$bucket" --key large --query ContentLength)"
aws s3api get-object --bucket "$bucket" --key large --range bytes=5-9 "$scratch/range" > /dev/null
cmp "$scratch/range" <(tail -c +6 "$scratch/large" | head -c 5)
refused 404 aws s3api head-object --bucket "$bucket" --key absent
refused NoSuchKey aws s3api get-object --bucket "$bucket" --key absent "$scratch/absent"
refused BucketNotEmpty aws s3api delete-bucket --bucket "$bucket"
url=$(aws s3 presign "s3://$bucket/a+b c")
expect hello "$(AWS_URL="$url" python3 -c 'import os, ssl, urllib.request as r
context = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
print(r.urlopen(os.environ["AWS_URL"], context=context).read().decode(), end="")')"

step s3tables
arn=$(aws s3tables create-table-bucket --name "$bucket-t" --query arn --output text)
aws s3tables create-namespace --table-bucket-arn "$arn" --namespace ns > /dev/null
aws s3tables create-table --table-bucket-arn "$arn" --namespace ns --name t --format ICEBERG \
  > /dev/null
expect t "$(aws s3tables list-tables --table-bucket-arn "$arn" --query 'tables[].name' --output text)"
refused NotFoundException \
  aws s3tables get-table --table-bucket-arn "$arn" --namespace ns --name absent
aws s3tables delete-table --table-bucket-arn "$arn" --namespace ns --name t
aws s3tables delete-namespace --table-bucket-arn "$arn" --namespace ns
aws s3tables delete-table-bucket --table-bucket-arn "$arn"

step s3 rb
aws s3 rb --force "s3://$bucket" > /dev/null
refused 404 aws s3api head-bucket --bucket "$bucket"
rm -r "$scratch"
echo "-- done"
