import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type PartnerDocument } from '#domain/partners/document/partner-document';
import { PresetLibrary } from '#domain/partners/preset-library';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { decodeCursor, mapPage, PageQuery, toPage } from '#platform/http/pagination';
import { ProblemError } from '#platform/http/problem';
import { DtoPipe } from '#platform/http/validation';
import { PresetPageView, PresetSummaryView, PresetView } from './preset.view';

const readName = (position: unknown): string | undefined =>
  typeof position === 'string' ? position : undefined;

@ApiTags('presets')
@Controller('v1/admin/presets')
export class PresetsController {
  constructor(private readonly presets: PresetLibrary) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List the shipped presets, by name' })
  @ApiOkResponse({ type: PresetPageView })
  @ApiProblem('INVALID_PAYLOAD')
  list(@Query(DtoPipe) { limit, cursor }: PageQuery): PresetPageView {
    const after = cursor === undefined ? '' : decodeCursor(cursor, readName);
    const names = [...this.presets.names()].sort().filter((name) => name > after);
    const page = toPage(names, limit, (name) => name);
    return new PresetPageView(mapPage(page, (name) => new PresetSummaryView(this.one(name))));
  }

  @Get(':name')
  @Access('viewer')
  @ApiOperation({ summary: 'One preset: the document that partners are laid over' })
  @ApiParam({ name: 'name', type: String, example: 'shippo' })
  @ApiOkResponse({ type: PresetView })
  @ApiProblem('NOT_FOUND')
  find(@Param('name') name: string): PresetView {
    return new PresetView(this.one(name));
  }

  private one(name: string): PartnerDocument {
    const preset = this.presets.get(name);
    if (preset !== undefined) return preset;
    throw new ProblemError('NOT_FOUND', `there is no preset "${name}": GET /v1/admin/presets lists them`);
  }
}
