package dev.lakebed.policy;

import dev.lakebed.policy.MatchStyle.TextMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The actions that a policy of a resource can name, by what they act on. An action that does not
 * exist, or that has nothing to act on in its statement, protects nothing, so AWS refuses it in the
 * policy of a resource; in that of a principal it is accepted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">AWS,
 *     Actions, resources, and condition keys for Amazon S3</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3tables.html">AWS,
 *     the same for Amazon S3 Tables</a>
 */
public final class ResourceActions {
  private static final Set<String> OBJECT =
      ActionNames.names(
          """
          AbortMultipartUpload BypassGovernanceRetention DeleteObject
          DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion
          DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAnnotation
          GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
          GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes
          GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent
          InitiateReplication ListMultipartUploadParts ListObjectAnnotations
          ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectAnnotation
          PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl
          PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateTags
          RestoreObject UpdateObjectEncryption
          """);

  /** They act on accounts, access points, grants, jobs and storage lenses. */
  private static final Set<String> NEITHER =
      ActionNames.names(
          """
          AssociateAccessGrantsIdentityCenter CreateAccessGrant CreateAccessGrantsInstance
          CreateAccessGrantsLocation CreateAccessPoint CreateAccessPointForObjectLambda
          CreateJob CreateMultiRegionAccessPoint CreateStorageLensGroup DeleteAccessGrant
          DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy
          DeleteAccessGrantsLocation DeleteAccessPoint DeleteAccessPointForObjectLambda
          DeleteAccessPointPolicy DeleteAccessPointPolicyForObjectLambda DeleteJobTagging
          DeleteMultiRegionAccessPoint DeleteStorageLensConfiguration
          DeleteStorageLensConfigurationTagging DeleteStorageLensGroup DescribeJob
          DescribeMultiRegionAccessPointOperation DissociateAccessGrantsIdentityCenter
          GetAccessGrant GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix
          GetAccessGrantsInstanceResourcePolicy GetAccessGrantsLocation GetAccessPoint
          GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda
          GetAccessPointPolicy GetAccessPointPolicyForObjectLambda
          GetAccessPointPolicyStatus GetAccessPointPolicyStatusForObjectLambda
          GetAccountPublicAccessBlock GetDataAccess GetJobTagging GetMultiRegionAccessPoint
          GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus
          GetMultiRegionAccessPointRoutes GetStorageLensConfiguration
          GetStorageLensConfigurationTagging GetStorageLensDashboard GetStorageLensGroup
          ListAccessGrants ListAccessGrantsInstances ListAccessGrantsLocations
          ListAccessPoints ListAccessPointsForObjectLambda ListAllMyBuckets
          ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints
          ListStorageLensConfigurations ListStorageLensGroups
          PutAccessGrantsInstanceResourcePolicy PutAccessPointConfigurationForObjectLambda
          PutAccessPointPolicy PutAccessPointPolicyForObjectLambda
          PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutJobTagging
          PutMultiRegionAccessPointPolicy PutStorageLensConfiguration
          PutStorageLensConfigurationTagging SubmitMultiRegionAccessPointRoutes
          UpdateAccessGrantsLocation UpdateJobPriority UpdateJobStatus
          UpdateStorageLensGroup
          """);

  private static final Set<String> TABLE =
      ActionNames.names(
          """
          CreateTable DeleteTable DeleteTablePolicy DeleteTableReplication
          DisassociateTableReplication GetTable GetTableData GetTableEncryption
          GetTableMaintenanceConfiguration GetTableMaintenanceJobStatus
          GetTableMetadataLocation GetTablePolicy GetTableRecordExpirationConfiguration
          GetTableRecordExpirationJobStatus GetTableReplication GetTableReplicationStatus
          GetTableStorageClass ListTagsForResource PutTableData PutTableEncryption
          PutTableMaintenanceConfiguration PutTablePolicy
          PutTableRecordExpirationConfiguration PutTableReplication PutTableStorageClass
          RenameTable TagResource UntagResource UpdateTableMetadataLocation
          """);

  /** Of these, some act on a bucket or a table, whichever is named. */
  private static final Set<String> EITHER =
      ActionNames.names("CreateTable ListTagsForResource TagResource UntagResource");

  /** Policies of buckets: on the bucket, and on the objects in it. */
  public static final ResourceActions BUCKET =
      new ResourceActions(
          "s3", without(without(ActionNames.S3, OBJECT), NEITHER), OBJECT, ActionNames.S3);

  /** Policies of table buckets: on the bucket, and on the tables in it. */
  public static final ResourceActions TABLE_BUCKET =
      new ResourceActions(
          "s3tables",
          Stream.concat(without(ActionNames.S3_TABLES, TABLE).stream(), EITHER.stream())
              .collect(Collectors.toSet()),
          TABLE,
          ActionNames.S3_TABLES);

  /** Policies of tables. */
  public static final ResourceActions OF_TABLE =
      new ResourceActions("s3tables", TABLE, TABLE, ActionNames.S3_TABLES);

  private final Set<String> whole;
  private final Set<String> inside;
  private final List<String> known;

  private ResourceActions(
      String service, Set<String> whole, Set<String> inside, Set<String> known) {
    this.whole = folded(service, whole);
    this.inside = folded(service, inside);
    this.known = List.copyOf(folded(service, known));
  }

  private static Set<String> folded(String service, Set<String> names) {
    return names.stream()
        .map(name -> ActionSet.fold(service + ":" + name))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    return all.stream().filter(name -> !some.contains(name)).collect(Collectors.toSet());
  }

  /** Whether an action, such as {@code s3:ListBucket}, acts on the resource itself. */
  public boolean actsOnWhole(String action) {
    return whole.contains(ActionSet.fold(action));
  }

  /**
   * Checks the actions of a policy.
   *
   * @param arn of the resource: others in the policy lie below it
   * @throws MalformedPolicyException when an action is unknown, of another service, or has no
   *     resource in its statement, which it names
   */
  public void check(Policy policy, String arn) {
    policy.statements().forEach(statement -> check(statement, arn));
  }

  private void check(Statement statement, String arn) {
    boolean excluding = statement.actions().negated() || statement.resources().negated();
    for (String action : statement.text().actions()) {
      List<String> meant = meant(action);
      if (meant.isEmpty()) {
        throw error("Policy has invalid action", statement, action);
      }
      if (!excluding && meant.stream().noneMatch(name -> applies(name, statement, arn))) {
        throw error("Action does not apply to any resource(s) in statement", statement, action);
      }
    }
  }

  private List<String> meant(String action) {
    TextMatcher glob = ServiceName.glob(action);
    List<String> meant = new ArrayList<>();
    for (String name : known) {
      if (glob.matches(name)) {
        meant.add(name);
      }
    }
    return meant;
  }

  private boolean applies(String action, Statement statement, String arn) {
    return statement.text().resources().stream()
        .anyMatch(resource -> (resource.equals(arn) ? whole : inside).contains(action));
  }

  private static MalformedPolicyException error(
      String sentence, Statement statement, String action) {
    return statement
        .text()
        .place()
        .start()
        .error(sentence + ": statement " + statement.label() + ", action " + Quoted.of(action));
  }
}
