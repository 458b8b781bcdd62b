package dev.lakebed.iam;

import dev.lakebed.iam.model.OwnedKey;
import java.nio.file.Path;

/**
 * The administrator's key made because nothing was configured.
 *
 * @param file where it is kept, id and secret a line each
 * @param isNew whether this load made it
 */
public record GeneratedKey(OwnedKey owned, Path file, boolean isNew) {}
