/** Requests and answers of the S3 Tables protocol: names, parameters, permissions, errors. */
@NullMarked
package dev.lakebed.tables.rest;

import org.jspecify.annotations.NullMarked;
