-- "Lessons" are what a site's stories teach about its boilerplate; this is what its URLs led to.
ALTER TABLE lessons RENAME TO url_patterns;
