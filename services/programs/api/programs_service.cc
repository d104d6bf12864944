#include "services/programs/api/programs_service.h"

namespace vsv::programs {

grpc::ServerUnaryReactor* ProgramsService::CreateProgram(grpc::CallbackServerContext* context,
                                                         const v1::CreateProgramRequest* request,
                                                         v1::Program* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateProgramRequest& message) {
                      return programs_.Create(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::GetProgram(grpc::CallbackServerContext* context,
                                                      const v1::GetProgramRequest* request,
                                                      v1::Program* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetProgramRequest& message) {
                      return programs_.Get(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::ListPrograms(grpc::CallbackServerContext* context,
                                                        const v1::ListProgramsRequest* request,
                                                        v1::ListProgramsResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListProgramsRequest& message) {
                      return programs_.List(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::UpdateProgram(grpc::CallbackServerContext* context,
                                                         const v1::UpdateProgramRequest* request,
                                                         v1::Program* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::UpdateProgramRequest& message) {
                      return programs_.Update(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::CreateLine(grpc::CallbackServerContext* context,
                                                      const v1::CreateLineRequest* request,
                                                      v1::ProgramLine* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::CreateLineRequest& message) {
                      return lines_.Create(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::GetLine(grpc::CallbackServerContext* context,
                                                   const v1::GetLineRequest* request,
                                                   v1::ProgramLine* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetLineRequest& message) {
                      return lines_.Get(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::ListLines(grpc::CallbackServerContext* context,
                                                     const v1::ListLinesRequest* request,
                                                     v1::ListLinesResponse* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::ListLinesRequest& message) {
                      return lines_.List(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::UpdateLine(grpc::CallbackServerContext* context,
                                                      const v1::UpdateLineRequest* request,
                                                      v1::ProgramLine* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::UpdateLineRequest& message) {
                      return lines_.Update(call, message);
                    });
}

grpc::ServerUnaryReactor* ProgramsService::CreateIndicatorLink(
    grpc::CallbackServerContext* context, const v1::CreateIndicatorLinkRequest* request,
    v1::IndicatorLink* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::CreateIndicatorLinkRequest& message) {
        return links_.Create(call, message);
      });
}

grpc::ServerUnaryReactor* ProgramsService::GetIndicatorLink(
    grpc::CallbackServerContext* context, const v1::GetIndicatorLinkRequest* request,
    v1::IndicatorLink* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::GetIndicatorLinkRequest& message) {
        return links_.Get(call, message);
      });
}

grpc::ServerUnaryReactor* ProgramsService::ListIndicatorLinks(
    grpc::CallbackServerContext* context, const v1::ListIndicatorLinksRequest* request,
    v1::ListIndicatorLinksResponse* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::ListIndicatorLinksRequest& message) {
        return links_.List(call, message);
      });
}

grpc::ServerUnaryReactor* ProgramsService::UpdateIndicatorLink(
    grpc::CallbackServerContext* context, const v1::UpdateIndicatorLinkRequest* request,
    v1::IndicatorLink* response) {
  return rpc::Unary(
      context, runtime_, request, response,
      [this](const rpc::CallContext& call, const v1::UpdateIndicatorLinkRequest& message) {
        return links_.Update(call, message);
      });
}

grpc::ServerUnaryReactor* ProgramsService::GetLineStatus(grpc::CallbackServerContext* context,
                                                         const v1::GetLineStatusRequest* request,
                                                         v1::LineStatus* response) {
  return rpc::Unary(context, runtime_, request, response,
                    [this](const rpc::CallContext& call, const v1::GetLineStatusRequest& message) {
                      return status_.Get(call, message);
                    });
}

}  // namespace vsv::programs
