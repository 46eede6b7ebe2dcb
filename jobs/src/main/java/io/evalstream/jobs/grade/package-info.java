/** Grades of scenarios, by rules that a file sets. */
package io.evalstream.jobs.grade;
