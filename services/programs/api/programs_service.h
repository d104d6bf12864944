// Adapter of vsv.programs.v1.ProgramsService: one statement per method.
#pragma once

#include "libs/rpc/unary.h"
#include "services/programs/api/indicator_link_api.h"
#include "services/programs/api/line_status_handler.h"
#include "services/programs/api/permissions.h"
#include "services/programs/api/program_api.h"
#include "services/programs/api/resource_handlers.h"
#include "services/programs/domain/store.h"

#include "vsv/programs/v1/programs_service.grpc.pb.h"

namespace vsv::programs {

class ProgramsService : public v1::ProgramsService::CallbackService {
 public:
  // All must outlive the service.
  ProgramsService(rpc::Runtime& runtime, Stores stores, const Permissions& permissions,
                  const aip::PageTokens& tokens, FiguresDirectory& figures,
                  LineStatusOptions options)
      : runtime_(runtime),
        programs_(stores.programs, permissions, tokens),
        lines_(stores.lines, permissions, tokens),
        links_(stores.links, permissions, tokens),
        status_(stores, figures, permissions, options) {}

  grpc::ServerUnaryReactor* CreateProgram(grpc::CallbackServerContext* context,
                                          const v1::CreateProgramRequest* request,
                                          v1::Program* response) override;
  grpc::ServerUnaryReactor* GetProgram(grpc::CallbackServerContext* context,
                                       const v1::GetProgramRequest* request,
                                       v1::Program* response) override;
  grpc::ServerUnaryReactor* ListPrograms(grpc::CallbackServerContext* context,
                                         const v1::ListProgramsRequest* request,
                                         v1::ListProgramsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateProgram(grpc::CallbackServerContext* context,
                                          const v1::UpdateProgramRequest* request,
                                          v1::Program* response) override;
  grpc::ServerUnaryReactor* CreateLine(grpc::CallbackServerContext* context,
                                       const v1::CreateLineRequest* request,
                                       v1::ProgramLine* response) override;
  grpc::ServerUnaryReactor* GetLine(grpc::CallbackServerContext* context,
                                    const v1::GetLineRequest* request,
                                    v1::ProgramLine* response) override;
  grpc::ServerUnaryReactor* ListLines(grpc::CallbackServerContext* context,
                                      const v1::ListLinesRequest* request,
                                      v1::ListLinesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateLine(grpc::CallbackServerContext* context,
                                       const v1::UpdateLineRequest* request,
                                       v1::ProgramLine* response) override;
  grpc::ServerUnaryReactor* CreateIndicatorLink(grpc::CallbackServerContext* context,
                                                const v1::CreateIndicatorLinkRequest* request,
                                                v1::IndicatorLink* response) override;
  grpc::ServerUnaryReactor* GetIndicatorLink(grpc::CallbackServerContext* context,
                                             const v1::GetIndicatorLinkRequest* request,
                                             v1::IndicatorLink* response) override;
  grpc::ServerUnaryReactor* ListIndicatorLinks(grpc::CallbackServerContext* context,
                                               const v1::ListIndicatorLinksRequest* request,
                                               v1::ListIndicatorLinksResponse* response) override;
  grpc::ServerUnaryReactor* UpdateIndicatorLink(grpc::CallbackServerContext* context,
                                                const v1::UpdateIndicatorLinkRequest* request,
                                                v1::IndicatorLink* response) override;
  grpc::ServerUnaryReactor* GetLineStatus(grpc::CallbackServerContext* context,
                                          const v1::GetLineStatusRequest* request,
                                          v1::LineStatus* response) override;

 private:
  rpc::Runtime& runtime_;
  ResourceHandlers<Program> programs_;
  ResourceHandlers<ProgramLine> lines_;
  ResourceHandlers<IndicatorLink> links_;
  LineStatusHandler status_;
};

}  // namespace vsv::programs
