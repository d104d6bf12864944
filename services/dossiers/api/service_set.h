// The gRPC services of this server with their handlers, for main and for tests alike.
#pragma once

#include "services/dossiers/api/application_service.h"
#include "services/dossiers/api/consent_service.h"
#include "services/dossiers/api/dossier_service.h"
#include "services/dossiers/api/erasure_service.h"
#include "services/dossiers/api/handover_service.h"
#include "services/dossiers/api/import_service.h"
#include "services/dossiers/api/process_count_service.h"
#include "services/dossiers/api/transfer_service.h"

#include <vector>

namespace vsv::dossiers {

// What the handlers need; must outlive the set.
struct Needs {
  DossierStore& dossiers;
  DossierStore& imports;  // on connections of its own: imports do not hold up the calls
  RelatedStore& related;
  ChangeStore& changes;
  const aip::PageTokens& tokens;
  const feed::Cursors& cursors;
  const base::Clock& clock;
};

// Not copyable: the services refer to the handlers.
class ServiceSet {
 public:
  ServiceSet(rpc::Runtime& runtime, rpc::WakeSource& wake, const Needs& needs)
      : dossiers_(needs.dossiers, needs.tokens, needs.clock),
        imports_(needs.imports, needs.tokens, needs.clock),
        course_(needs.dossiers, needs.clock),
        applications_(needs.dossiers, needs.related, needs.tokens, needs.clock),
        consents_(needs.dossiers, needs.related, needs.clock),
        handovers_(needs.dossiers),
        erasures_(needs.dossiers),
        watch_(needs.changes, needs.cursors),
        dossier_service_(runtime, dossiers_, course_, watch_, wake),
        import_service_(runtime, imports_),
        transfer_service_(runtime, course_),
        application_service_(runtime, applications_),
        consent_service_(runtime, consents_),
        handover_service_(runtime, handovers_),
        erasure_service_(runtime, erasures_),
        process_count_service_(runtime, watch_, wake) {}

  ServiceSet(const ServiceSet&) = delete;
  ServiceSet& operator=(const ServiceSet&) = delete;

  // To be registered with a server that does not outlive the set.
  std::vector<grpc::Service*> services() {
    return {&dossier_service_, &import_service_,   &transfer_service_, &application_service_,
            &consent_service_, &handover_service_, &erasure_service_,  &process_count_service_};
  }

 private:
  DossierHandlers dossiers_;
  DossierHandlers imports_;
  CourseHandlers course_;
  ApplicationHandlers applications_;
  ConsentHandlers consents_;
  HandoverHandlers handovers_;
  ErasureHandlers erasures_;
  WatchHandlers watch_;
  DossierService dossier_service_;
  ImportService import_service_;
  TransferService transfer_service_;
  ApplicationService application_service_;
  ConsentService consent_service_;
  HandoverService handover_service_;
  ErasureService erasure_service_;
  ProcessCountService process_count_service_;
};

}  // namespace vsv::dossiers
