/** Entities, repositories, migrations and the database itself. */
@NullMarked
package dev.lakebed.metadata;

import org.jspecify.annotations.NullMarked;
