package dev.lakebed;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.lakebed.auth.Caller;
import dev.lakebed.operation.Call;
import java.util.Set;

/** The directions of docs/architecture.md: nothing points back, families do not see each other. */
@AnalyzeClasses(packages = "dev.lakebed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependencies_point_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("launch")
          .definedBy("dev.lakebed.app.launch..")
          .layer("app")
          .definedBy("dev.lakebed.app")
          .layer("front")
          .definedBy("dev.lakebed.front..")
          .layer("s3")
          .definedBy("dev.lakebed.s3..")
          .layer("sts")
          .definedBy("dev.lakebed.sts..")
          .layer("tables")
          .definedBy("dev.lakebed.tables..")
          .layer("iceberg")
          .definedBy("dev.lakebed.iceberg..")
          .layer("explain")
          .definedBy("dev.lakebed.app.explain..")
          .layer("audit")
          .definedBy("dev.lakebed.audit..")
          .layer("iam")
          .definedBy("dev.lakebed.iam..")
          .layer("query")
          .definedBy("dev.lakebed.operation.query..")
          .layer("operation")
          .definedBy("dev.lakebed.operation")
          .layer("auth")
          .definedBy("dev.lakebed.auth..")
          .layer("policy")
          .definedBy("dev.lakebed.policy..")
          .layer("metadata")
          .definedBy("dev.lakebed.storage.metadata..")
          .layer("blob")
          .definedBy("dev.lakebed.storage.blob..")
          .layer("checksum")
          .definedBy("dev.lakebed.storage.checksum..")
          .layer("files")
          .definedBy("dev.lakebed.storage.files..")
          .layer("ops")
          .definedBy("dev.lakebed.ops..")
          .layer("http")
          .definedBy("dev.lakebed.http..")
          .whereLayer("launch")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("explain")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("audit")
          .mayOnlyBeAccessedByLayers("app", "front", "explain")
          .whereLayer("front")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("s3")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("sts")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("tables")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("iceberg")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("iam")
          .mayOnlyBeAccessedByLayers("app", "sts", "explain")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("app", "sts", "iam")
          .whereLayer("operation")
          .mayOnlyBeAccessedByLayers(
              "app", "front", "s3", "sts", "iam", "tables", "iceberg", "query")
          .whereLayer("metadata")
          .mayOnlyBeAccessedByLayers("app", "s3", "sts", "iam", "tables", "iceberg", "query")
          .whereLayer("blob")
          .mayOnlyBeAccessedByLayers("app", "s3", "metadata")
          .whereLayer("auth")
          .mayOnlyBeAccessedByLayers(
              "app",
              "front",
              "s3",
              "sts",
              "iam",
              "tables",
              "iceberg",
              "query",
              "operation",
              "audit",
              "explain")
          .whereLayer("checksum")
          .mayOnlyBeAccessedByLayers("app", "s3", "auth")
          .whereLayer("files")
          .mayOnlyBeAccessedByLayers("app", "iam", "metadata", "audit", "blob")
          .whereLayer("ops")
          .mayOnlyBeAccessedByLayers("app", "front", "launch");

  @ArchTest
  static final ArchRule the_policy_engine_stands_alone =
      noClasses()
          .that()
          .resideInAPackage("dev.lakebed.policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lakebed.http..",
              "dev.lakebed.auth..",
              "dev.lakebed.storage.metadata..",
              "dev.lakebed.storage.blob..",
              "java.nio.channels..",
              "java.nio.file..",
              "java.net.http..");

  @ArchTest
  static final ArchRule servlets_and_jax_rs_are_known_to_their_adapter =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakebed.front.servlet..", "dev.lakebed.app")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.servlet..", "jakarta.ws.rs..");

  @ArchTest
  static final ArchRule the_server_is_known_to_one_package =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lakebed.front.payara..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.glassfish..", "com.sun.enterprise..", "fish.payara..");

  @ArchTest
  static final ArchRule the_database_is_known_to_the_metadata_package =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakebed.storage.metadata..")
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
          .resideInAPackage("dev.lakebed.storage.metadata..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.lakebed.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule families_have_no_cycles =
      slices().matching("dev.lakebed.(*)..").should().beFreeOfCycles();

  /** Whoever holds the work of a call without this could run what was not decided on. */
  @ArchTest
  static final ArchRule operations_run_only_through_their_decision =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Call.class.getName())
          .and()
          .doNotHaveFullyQualifiedName(Call.Authorised.class.getName())
          .should()
          .callMethod(Call.class, "work")
          .orShould()
          .callMethod(Call.Work.class, "run", Caller.class);

  @ArchTest
  static final ArchRule nothing_is_public_that_only_its_package_uses =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and(describe("are made by nobody but our own code", ArchitectureTest::isOurs))
          .should(beUsedFromOutside());

  /**
   * Found by name by the launcher, the JVM or the database driver, or used for constants, which
   * compilers copy.
   */
  private static final Set<String> NAMED =
      Set.of(
          "Explain",
          "Main",
          "UnixSocketFactory",
          "ConditionKeys",
          "ConnectionPools",
          "GrizzlyHook");

  private static boolean isOurs(JavaClass type) {
    return !type.isInterface()
        && !NAMED.contains(type.getSimpleName())
        && !type.isAnnotatedWith("jakarta.servlet.annotation.WebFilter")
        && !type.isAnnotatedWith("jakarta.servlet.annotation.WebListener")
        && !type.isAnnotatedWith("jakarta.ws.rs.ApplicationPath")
        && !type.isAnnotatedWith("jakarta.ws.rs.Path")
        && !type.isAnnotatedWith("jakarta.persistence.Entity")
        && !type.isAnnotatedWith("jakarta.enterprise.context.ApplicationScoped");
  }

  private static ArchCondition<JavaClass> beUsedFromOutside() {
    return new ArchCondition<>("be used from outside their package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean used =
            type.getPackage().getClasses().stream()
                .filter(one -> one.equals(type) || one.getName().startsWith(type.getName() + "$"))
                .flatMap(one -> one.getDirectDependenciesToSelf().stream())
                .map(one -> one.getOriginClass().getPackageName())
                .anyMatch(other -> !other.equals(type.getPackageName()));
        if (!used) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " is public for nobody"));
        }
      }
    };
  }
}
