package dev.lakebed.acceptance;

import java.io.File;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it was built, deployed once for all acceptance tests. */
@ArquillianSuiteDeployment
public final class WarDeployment {
  private WarDeployment() {}

  /** The archive; its name makes it the application at the root. */
  @Deployment(testable = false)
  public static WebArchive war() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/ROOT.war"));
  }
}
