package dev.lakebed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of docs/architecture.md: nothing points back, families do not see each other. */
@AnalyzeClasses(packages = "dev.lakebed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependencies_point_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("launch")
          .definedBy("dev.lakebed.launch..")
          .layer("boot")
          .definedBy("dev.lakebed.boot..")
          .layer("edge")
          .definedBy("dev.lakebed.edge..")
          .layer("s3")
          .definedBy("dev.lakebed.s3..")
          .layer("sts")
          .definedBy("dev.lakebed.sts..")
          .layer("tables")
          .definedBy("dev.lakebed.tables..")
          .layer("iceberg")
          .definedBy("dev.lakebed.iceberg..")
          .layer("explain")
          .definedBy("dev.lakebed.explain..")
          .layer("audit")
          .definedBy("dev.lakebed.audit..")
          .layer("iam")
          .definedBy("dev.lakebed.iam..")
          .layer("query")
          .definedBy("dev.lakebed.query..")
          .layer("pipeline")
          .definedBy("dev.lakebed.pipeline..")
          .layer("auth")
          .definedBy("dev.lakebed.auth..")
          .layer("policy")
          .definedBy("dev.lakebed.policy..")
          .layer("metadata")
          .definedBy("dev.lakebed.metadata..")
          .layer("blob")
          .definedBy("dev.lakebed.blob..")
          .layer("checksum")
          .definedBy("dev.lakebed.checksum..")
          .layer("files")
          .definedBy("dev.lakebed.files..")
          .layer("ops")
          .definedBy("dev.lakebed.ops..")
          .layer("wire")
          .definedBy("dev.lakebed.wire..")
          .whereLayer("launch")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("boot")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("explain")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("boot", "edge", "explain")
          .whereLayer("edge")
          .mayOnlyBeAccessedByLayers("boot")
          .whereLayer("s3")
          .mayOnlyBeAccessedByLayers("boot")
          .whereLayer("sts")
          .mayOnlyBeAccessedByLayers("boot")
          .whereLayer("tables")
          .mayOnlyBeAccessedByLayers("boot")
          .whereLayer("iceberg")
          .mayOnlyBeAccessedByLayers("boot")
          .whereLayer("iam")
          .mayOnlyBeAccessedByLayers("boot", "sts", "explain")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("boot", "sts", "iam")
          .whereLayer("pipeline")
          .mayOnlyBeAccessedByLayers(
              "boot", "edge", "s3", "sts", "iam", "tables", "iceberg", "query")
          .whereLayer("metadata")
          .mayOnlyBeAccessedByLayers("boot", "s3", "sts", "iam", "tables", "iceberg", "query")
          .whereLayer("blob")
          .mayOnlyBeAccessedByLayers("boot", "s3", "metadata")
          .whereLayer("auth")
          .mayOnlyBeAccessedByLayers(
              "boot",
              "edge",
              "s3",
              "sts",
              "iam",
              "tables",
              "iceberg",
              "query",
              "pipeline",
              "audit",
              "explain")
          .whereLayer("checksum")
          .mayOnlyBeAccessedByLayers("boot", "s3", "auth")
          .whereLayer("files")
          .mayOnlyBeAccessedByLayers("boot", "iam", "metadata", "audit", "blob")
          .whereLayer("ops")
          .mayOnlyBeAccessedByLayers("boot", "edge", "launch");

  @ArchTest
  static final ArchRule the_policy_engine_stands_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.lakebed.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lakebed.wire..",
              "dev.lakebed.auth..",
              "dev.lakebed.metadata..",
              "dev.lakebed.blob..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.net.http..");

  @ArchTest
  static final ArchRule servlets_and_jax_rs_stay_at_the_edge =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakebed.edge..", "dev.lakebed.boot..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.servlet..", "jakarta.ws.rs..");

  @ArchTest
  static final ArchRule the_server_is_known_to_one_package =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lakebed.edge.payara..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.glassfish..", "com.sun.enterprise..", "fish.payara..");

  @ArchTest
  static final ArchRule the_database_is_known_to_the_metadata_package =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakebed.metadata..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "java.sql..");

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule entities_do_not_leave_their_package =
      classes()
          .that()
          .areAnnotatedWith("jakarta.persistence.Entity")
          .should()
          .resideInAPackage("dev.lakebed.metadata..");
}
