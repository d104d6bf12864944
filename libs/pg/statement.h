// A static SQL statement with the name that it is prepared under and that labels its metrics.
#pragma once

namespace vsv::pg {

// Made from sql/*.sql by vsv_sql_statements; never composed at run time.
struct Statement {
  const char* name;  // "<service>.<file>", e.g. "dossiers.get_dossier"
  const char* sql;
};

}  // namespace vsv::pg
