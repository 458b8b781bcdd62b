#!/usr/bin/env bash
# IAM and STS by the aws command against LAKEBED_ENDPOINT, whose IAM API must not be read only.
# Expectations: the AWS CLI command reference; each step fails the script when it fails.
. "$(dirname "$0")/aws_cli_steps.sh"

account=arn:aws:iam::000000000000
name=cli-$(basename "$scratch" | tr 'A-Z' 'a-z' | tr -dc 'a-z0-9')
full=arn:aws:iam::aws:policy/AmazonS3FullAccess
text() { aws "$@" --output text; }
as() { AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=${3:-} "${@:4}"; }
session='Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'
cat > "$scratch/trust.json" <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
 "Principal": {"AWS": "$account:user/$name"},
 "Condition": {"StringEquals": {"sts:ExternalId": "warehouse-1"}}}]}
EOF
cat > "$scratch/get.json" <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
 "Resource": "arn:aws:s3:::$name/in/*"}]}
EOF
aws s3 mb "s3://$name" > /dev/null
for key in in/o out/o; do echo "$key" | aws s3 cp --only-show-errors - "s3://$name/$key"; done

step users and keys
aws iam create-user --user-name "$name" --tags Key=team,Value=red > /dev/null
aws iam wait user-exists --user-name "$name"
expect red "$(text iam get-user --user-name "$name" --query 'User.Tags[?Key==`team`].Value')"
refused EntityAlreadyExists aws iam create-user --user-name "$name"
refused MalformedPolicyDocument aws iam put-user-policy --user-name "$name" --policy-name get \
  --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3"}]}'
aws iam put-user-policy --user-name "$name" --policy-name get \
  --policy-document "file://$scratch/get.json"
expect "arn:aws:s3:::$name/in/*" "$(text iam get-user-policy --user-name "$name" \
  --policy-name get --query 'PolicyDocument.Statement[0].Resource')"
read -r id secret < <(text iam create-access-key --user-name "$name" \
  --query 'AccessKey.[AccessKeyId,SecretAccessKey]')
expect "$account:user/$name" \
  "$(as "$id" "$secret" "" text sts get-caller-identity --query Arn)"
expect in/o "$(as "$id" "$secret" "" aws s3 cp --only-show-errors "s3://$name/in/o" -)"
refused AccessDenied as "$id" "$secret" "" aws s3api put-object --bucket "$name" --key in/n
expect "allowed implicitDeny" "$(text iam simulate-principal-policy \
  --policy-source-arn "$account:user/$name" --action-names s3:GetObject s3:PutObject \
  --resource-arns "arn:aws:s3:::$name/in/o" --query 'EvaluationResults[].EvalDecision' \
  | tr '\t' ' ')"

step role and instance profile
aws iam create-role --role-name "$name" --assume-role-policy-document \
  "file://$scratch/trust.json" --max-session-duration 7200 > /dev/null
aws iam wait role-exists --role-name "$name"
aws iam attach-role-policy --role-name "$name" --policy-arn "$full"
aws iam put-role-policy --role-name "$name" --policy-name get \
  --policy-document "file://$scratch/get.json"
aws iam create-instance-profile --instance-profile-name "$name" > /dev/null
aws iam add-role-to-instance-profile --instance-profile-name "$name" --role-name "$name"
aws iam tag-role --role-name "$name" --tags Key=a,Value=b
expect "$account:role/$name 7200 warehouse-1 a" "$(text iam get-role --role-name "$name" --query \
  'Role.[Arn,MaxSessionDuration,AssumeRolePolicyDocument.Statement[0].Condition.StringEquals."sts:ExternalId",Tags[0].Key]' \
  | tr '\t' ' ')"
expect "$full" "$(text iam list-attached-role-policies --role-name "$name" \
  --query 'AttachedPolicies[].PolicyArn')"
expect "$name" "$(text iam list-instance-profiles-for-role --role-name "$name" \
  --query 'InstanceProfiles[].Roles[].RoleName')"

step sessions
refused AccessDenied as "$id" "$secret" "" aws sts assume-role \
  --role-arn "$account:role/$name" --role-session-name cli --external-id warehouse-2
read -r sid ssecret token < <(as "$id" "$secret" "" text sts assume-role \
  --role-arn "$account:role/$name" --role-session-name cli --external-id warehouse-1 \
  --policy "file://$scratch/get.json" --duration-seconds 900 --query "$session")
expect "arn:aws:sts::000000000000:assumed-role/$name/cli" \
  "$(as "$sid" "$ssecret" "$token" text sts get-caller-identity --query Arn)"
expect in/o "$(as "$sid" "$ssecret" "$token" aws s3 cp --only-show-errors "s3://$name/in/o" -)"
refused AccessDenied as "$sid" "$ssecret" "$token" \
  aws s3api get-object --bucket "$name" --key out/o "$scratch/out"
read -r sid ssecret token < <(as "$id" "$secret" "" text sts get-session-token --query "$session")
expect in/o "$(as "$sid" "$ssecret" "$token" aws s3 cp --only-show-errors "s3://$name/in/o" -)"
read -r sid ssecret token < <(text sts get-federation-token --name cli \
  --policy "file://$scratch/get.json" --query "$session")
expect in/o "$(as "$sid" "$ssecret" "$token" aws s3 cp --only-show-errors "s3://$name/in/o" -)"
refused InvalidAuthorizationMessageException \
  aws sts decode-authorization-message --encoded-message none
aws iam put-user-policy --user-name "$name" --policy-name decode --policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:DecodeAuthorizationMessage","Resource":"*"}]}'
if as "$id" "$secret" "" aws --debug s3api put-object --bucket "$name" --key in/n \
  2> "$scratch/debug"; then
  exit 1
fi
encoded=$(sed -n "s/.*'x-lakebed-authorization-message': '\([^']*\)'.*/\1/p" "$scratch/debug" \
  | tail -n 1)
aws iam delete-user-policy --user-name "$name" --policy-name decode
expect s3:PutObject "$(text sts decode-authorization-message --encoded-message "$encoded" \
  | python3 -c 'import json, sys; print(json.load(sys.stdin)["context"]["action"])')"

step policy versions
policy=$(text iam create-policy --policy-name "$name" \
  --policy-document "file://$scratch/get.json" --query Policy.Arn)
aws iam create-policy-version --policy-arn "$policy" --set-as-default \
  --policy-document "file://$scratch/get.json" > /dev/null
refused DeleteConflict aws iam delete-policy-version --policy-arn "$policy" --version-id v2
expect "v2 True v1 False" "$(text iam list-policy-versions --policy-arn "$policy" \
  --query 'Versions[].[VersionId,IsDefaultVersion]' | paste -sd' ' | tr '\t' ' ')"
aws iam delete-policy-version --policy-arn "$policy" --version-id v1
aws iam delete-policy --policy-arn "$policy"
refused NoSuchEntity aws iam get-policy --policy-arn "$policy"

step pages and details
expect "$name" "$(text iam list-roles --page-size 1 --query "Roles[?RoleName=='$name'].RoleName")"
expect "$full" "$(text iam get-account-authorization-details --page-size 2 --query \
  "RoleDetailList[?RoleName=='$name'].AttachedManagedPolicies[].PolicyArn")"

step the same engine offline
aws iam get-account-authorization-details > "$scratch/details.json"
offline() {
  "$(dirname "$0")/../../../lakebed" explain --account-details "$scratch/details.json" \
    --principal "$account:user/$name" --action "$1" --resource "arn:aws:s3:::$name/$2"
}
offline s3:GetObject in/o | grep -q "policy: *user_${name}_get"
if offline s3:GetObject out/o > "$scratch/verdict"; then exit 1; fi
grep -q "kind: *implicit deny" "$scratch/verdict"

step and back
refused DeleteConflict aws iam delete-role --role-name "$name"
aws iam remove-role-from-instance-profile --instance-profile-name "$name" --role-name "$name"
aws iam delete-instance-profile --instance-profile-name "$name"
aws iam delete-role-policy --role-name "$name" --policy-name get
aws iam detach-role-policy --role-name "$name" --policy-arn "$full"
aws iam delete-role --role-name "$name"
refused NoSuchEntity aws iam get-role --role-name "$name"
aws iam update-access-key --user-name "$name" --access-key-id "$id" --status Inactive
refused InvalidClientTokenId as "$id" "$secret" "" aws sts get-caller-identity
aws iam delete-access-key --user-name "$name" --access-key-id "$id"
aws iam delete-user-policy --user-name "$name" --policy-name get
aws iam delete-user --user-name "$name"
aws s3 rb --force "s3://$name" > /dev/null
rm -r "$scratch"
echo "-- done"
