/**
 * The answers to recorded requests, so that a change that must change no behaviour can show it.
 * Knows the server by HTTP only; one class asks the registries whether an operation is left out.
 */
package dev.lakebed.answers;
