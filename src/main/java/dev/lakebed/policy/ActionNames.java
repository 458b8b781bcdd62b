package dev.lakebed.policy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of actions, service by service: those that this server asks for and those that AWS has
 * besides. A test holds them together with the tables of operations.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">AWS,
 *     Service Authorization Reference</a>
 */
final class ActionNames {
  /** Amazon S3, S3 Control included. */
  static final Set<String> S3 =
      names(
          """
          AbortMultipartUpload AssociateAccessGrantsIdentityCenter
          BypassGovernanceRetention CreateAccessGrant CreateAccessGrantsInstance
          CreateAccessGrantsLocation CreateAccessPoint CreateAccessPointForObjectLambda
          CreateBucket CreateBucketMetadataTableConfiguration CreateJob
          CreateMultiRegionAccessPoint CreateStorageLensGroup DeleteAccessGrant
          DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy
          DeleteAccessGrantsLocation DeleteAccessPoint DeleteAccessPointForObjectLambda
          DeleteAccessPointPolicy DeleteAccessPointPolicyForObjectLambda DeleteBucket
          DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite
          DeleteJobTagging DeleteMultiRegionAccessPoint DeleteObject
          DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion
          DeleteObjectVersionTagging DeleteStorageLensConfiguration
          DeleteStorageLensConfigurationTagging DeleteStorageLensGroup DescribeJob
          DescribeMultiRegionAccessPointOperation DissociateAccessGrantsIdentityCenter
          GetAccelerateConfiguration GetAccessGrant GetAccessGrantsInstance
          GetAccessGrantsInstanceForPrefix GetAccessGrantsInstanceResourcePolicy
          GetAccessGrantsLocation GetAccessPoint
          GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda
          GetAccessPointPolicy GetAccessPointPolicyForObjectLambda
          GetAccessPointPolicyStatus GetAccessPointPolicyStatusForObjectLambda
          GetAccountPublicAccessBlock GetAnalyticsConfiguration GetBucketAbac GetBucketAcl
          GetBucketCORS GetBucketLocation GetBucketLogging
          GetBucketMetadataTableConfiguration GetBucketNotification
          GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy
          GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment
          GetBucketTagging GetBucketVersioning GetBucketWebsite GetDataAccess
          GetEncryptionConfiguration GetIntelligentTieringConfiguration
          GetInventoryConfiguration GetJobTagging GetLifecycleConfiguration
          GetMetricsConfiguration GetMultiRegionAccessPoint
          GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus
          GetMultiRegionAccessPointRoutes GetObject GetObjectAcl GetObjectAnnotation
          GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
          GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes
          GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent
          GetReplicationConfiguration GetStorageLensConfiguration
          GetStorageLensConfigurationTagging GetStorageLensDashboard GetStorageLensGroup
          InitiateReplication ListAccessGrants ListAccessGrantsInstances
          ListAccessGrantsLocations ListAccessPoints ListAccessPointsForObjectLambda
          ListAllMyBuckets ListBucket ListBucketMultipartUploads ListBucketVersions
          ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints
          ListMultipartUploadParts ListObjectAnnotations ListStorageLensConfigurations
          ListStorageLensGroups ListTagsForResource ObjectOwnerOverrideToBucketOwner
          PauseReplication PutAccelerateConfiguration
          PutAccessGrantsInstanceResourcePolicy PutAccessPointConfigurationForObjectLambda
          PutAccessPointPolicy PutAccessPointPolicyForObjectLambda
          PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock
          PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS
          PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration
          PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
          PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
          PutEncryptionConfiguration PutIntelligentTieringConfiguration
          PutInventoryConfiguration PutJobTagging PutLifecycleConfiguration
          PutMetricsConfiguration PutMultiRegionAccessPointPolicy PutObject PutObjectAcl
          PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging
          PutObjectVersionAcl PutObjectVersionTagging PutReplicationConfiguration
          PutStorageLensConfiguration PutStorageLensConfigurationTagging ReplicateDelete
          ReplicateObject ReplicateTags RestoreObject SubmitMultiRegionAccessPointRoutes
          TagResource UntagResource UpdateAccessGrantsLocation
          UpdateBucketMetadataAnnotationTableConfiguration
          UpdateBucketMetadataInventoryTableConfiguration
          UpdateBucketMetadataJournalTableConfiguration UpdateJobPriority UpdateJobStatus
          UpdateObjectEncryption UpdateStorageLensGroup
          """);

  /** Amazon S3 Tables. */
  static final Set<String> S3_TABLES =
      names(
          """
          CompleteTableMigration CreateNamespace CreateTable CreateTableBucket
          DeleteNamespace DeleteTable DeleteTableBucket DeleteTableBucketEncryption
          DeleteTableBucketMetricsConfiguration DeleteTableBucketPolicy
          DeleteTableBucketReplication DeleteTablePolicy DeleteTableReplication
          DisassociateTableReplication GetNamespace GetTable GetTableBucket
          GetTableBucketEncryption GetTableBucketLogging
          GetTableBucketMaintenanceConfiguration GetTableBucketMetricsConfiguration
          GetTableBucketPolicy GetTableBucketReplication GetTableBucketStorageClass
          GetTableData GetTableEncryption GetTableMaintenanceConfiguration
          GetTableMaintenanceJobStatus GetTableMetadataLocation GetTableMigration
          GetTablePolicy GetTableRecordExpirationConfiguration
          GetTableRecordExpirationJobStatus GetTableReplication GetTableReplicationStatus
          GetTableStorageClass ListNamespaces ListTableBuckets ListTableMigrations
          ListTables ListTagsForResource PutTableBucketEncryption PutTableBucketLogging
          PutTableBucketMaintenanceConfiguration PutTableBucketMetricsConfiguration
          PutTableBucketPolicy PutTableBucketReplication PutTableBucketStorageClass
          PutTableData PutTableEncryption PutTableMaintenanceConfiguration PutTablePolicy
          PutTableRecordExpirationConfiguration PutTableReplication PutTableStorageClass
          RenameTable StartTableMigration SyncTableMigration TagResource UntagResource
          UpdateTableMetadataLocation UpdateTableMigration
          """);

  /** AWS STS, and the log-ins that SeaweedFS and MinIO have besides. */
  static final Set<String> STS =
      names(
          """
          AssumeRole AssumeRoleWithCredentials AssumeRoleWithLDAPIdentity AssumeRoleWithSAML
          AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage GetAccessKeyInfo
          GetCallerIdentity GetDelegatedAccessToken GetFederationToken GetScopedCredentials
          GetServiceBearerToken GetSessionToken GetWebIdentityToken SetContext
          SetSourceIdentity TagGetWebIdentityToken TagSession
          """);

  /** The operations of the IAM API. */
  static final Set<String> IAM =
      names(
          """
          AcceptDelegationRequest AcquireRole AddClientIDToOpenIDConnectProvider
          AddRoleToInstanceProfile AddUserToGroup AssociateDelegationRequest
          AttachGroupPolicy AttachRolePolicy AttachUserPolicy ChangePassword CreateAccessKey
          CreateAccountAlias CreateDelegationRequest CreateGroup CreateInstanceProfile
          CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy CreatePolicyVersion
          CreateRole CreateSAMLProvider CreateServiceLinkedRole
          CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice
          DeactivateMFADevice DeleteAccessKey DeleteAccountAlias DeleteAccountPasswordPolicy
          DeleteGroup DeleteGroupPolicy DeleteInstanceProfile DeleteLoginProfile
          DeleteOpenIDConnectProvider DeletePolicy DeletePolicyVersion DeleteRole
          DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider
          DeleteSSHPublicKey DeleteServerCertificate DeleteServiceLinkedRole
          DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser
          DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice
          DetachGroupPolicy DetachRolePolicy DetachUserPolicy
          DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
          DisableOutboundWebIdentityFederation EnableMFADevice
          EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions
          EnableOutboundWebIdentityFederation GenerateCredentialReport
          GenerateOrganizationsAccessReport GenerateServiceLastAccessedDetails
          GetAccessKeyLastUsed GetAccountAuthorizationDetails GetAccountPasswordPolicy
          GetAccountProperties GetAccountSummary GetContextKeysForCustomPolicy
          GetContextKeysForPrincipalPolicy GetCredentialReport GetDelegationRequest GetGroup
          GetGroupPolicy GetHumanReadableSummary GetInstanceProfile GetLoginProfile
          GetMFADevice GetOpenIDConnectProvider GetOrganizationsAccessReport
          GetOutboundWebIdentityFederationInfo GetPolicy GetPolicyVersion GetRole
          GetRolePolicy GetRoleTemplateVersion GetSAMLProvider GetSSHPublicKey
          GetServerCertificate GetServiceLastAccessedDetails
          GetServiceLastAccessedDetailsWithEntities GetServiceLinkedRoleDeletionStatus
          GetUser GetUserPolicy ListAccessKeys ListAccountAliases ListAttachedGroupPolicies
          ListAttachedRolePolicies ListAttachedUserPolicies ListDelegationRequests
          ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser
          ListInstanceProfileTags ListInstanceProfiles ListInstanceProfilesForRole
          ListMFADeviceTags ListMFADevices ListOpenIDConnectProviderTags
          ListOpenIDConnectProviders ListOrganizationsFeatures ListPolicies
          ListPoliciesGrantingServiceAccess ListPolicyTags ListPolicyVersions
          ListRolePolicies ListRoleTags ListRoles ListSAMLProviderTags ListSAMLProviders
          ListSSHPublicKeys ListServerCertificateTags ListServerCertificates
          ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies
          ListUserTags ListUsers ListVirtualMFADevices PutAccountProperties PutGroupPolicy
          PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy
          RejectDelegationRequest RemoveClientIDFromOpenIDConnectProvider
          RemoveRoleFromInstanceProfile RemoveUserFromGroup ResetServiceSpecificCredential
          ResyncMFADevice SendDelegationToken SetDefaultPolicyVersion
          SetSecurityTokenServicePreferences SimulateCustomPolicy SimulatePrincipalPolicy
          TagInstanceProfile TagMFADevice TagOpenIDConnectProvider TagPolicy TagRole
          TagSAMLProvider TagServerCertificate TagUser UntagInstanceProfile UntagMFADevice
          UntagOpenIDConnectProvider UntagPolicy UntagRole UntagSAMLProvider
          UntagServerCertificate UntagUser UpdateAccessKey UpdateAccountPasswordPolicy
          UpdateAssumeRolePolicy UpdateDelegationRequest UpdateGroup UpdateLoginProfile
          UpdateOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint UpdateRole
          UpdateRoleDescription UpdateSAMLProvider UpdateSSHPublicKey
          UpdateServerCertificate UpdateServiceSpecificCredential UpdateSigningCertificate
          UpdateUser UploadSSHPublicKey UploadServerCertificate UploadSigningCertificate
          """);

  /**
   * Permissions of IAM that no operation is named after. RevokeSession is this server's: on AWS
   * sessions are ended by a policy, so that whoever is kept from IAM cannot end any.
   */
  static final Set<String> IAM_PERMISSIONS =
      names(
          """
          DeleteCloudFrontPublicKey GetAccountEmailAddress GetAccountName
          GetCloudFrontPublicKey ListCloudFrontPublicKeys ListSTSRegionalEndpointsStatus
          PassRole RevokeSession SetSTSRegionalEndpointStatus UpdateAccountEmailAddress UpdateAccountName
          UpdateCloudFrontPublicKey UploadCloudFrontPublicKey
          """);

  private ActionNames() {}

  static Set<String> names(String text) {
    return Collections.unmodifiableSet(new TreeSet<>(List.of(text.strip().split("\\s+"))));
  }
}
