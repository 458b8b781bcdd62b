package dev.lakebed.app.launch;

import picocli.CommandLine.IVersionProvider;

/** Version from the launcher jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"lakebed " + (version == null ? "(unpacked)" : version)};
  }
}
