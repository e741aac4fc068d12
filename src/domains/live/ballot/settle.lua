--[[
  Opens or closes a ballot, or closes it and adds its voters to another one, and tells the room. Done once for each id.

  KEYS[1..4], ARGV[1..4] as in append-entry.lua
  KEYS[5] totals   KEYS[6] votes   for a merge KEYS[7], KEYS[8] the same of the ballot that takes the voters
  ARGV[5] id of the entry   ARGV[6] seconds to keep what is loaded   ARGV[7] 'open', 'close' or 'merge'
  ARGV[8] '1' when votes are counted by choice   ARGV[9] JSON to load or ''   ARGV[10] signal
  ARGV[11] the signal's data as JSON, in which COUNTS stands for { voters, votes }   ARGV[12] what the entry affects
  ARGV[13] id   for a merge ARGV[14] id and ARGV[15] JSON to load or '' of the ballot that takes the voters

  Returns { 0, totals as JSON, voters } of the ballot, or of the one that took the voters,
  or { 1, id of each ballot that is not loaded } having changed nothing, or { code }.
]]
--- @include "./ballot.lua"

local room, code = open_room()
if not room then return { code } end
local ttl, mode = tonumber(ARGV[6]), ARGV[7]
local ballots = {
  { id = ARGV[13], totals = KEYS[5], votes = KEYS[6], is_counted = ARGV[8] == '1', load = ARGV[9] },
}
if mode == 'merge' then
  ballots[2] = { id = ARGV[14], totals = KEYS[7], votes = KEYS[8], is_counted = ARGV[8] == '1', load = ARGV[15] }
end

local missing = { 1 }
for _, ballot in ipairs(ballots) do
  if is_loaded(room, ballot) then
    ballot.load = ''
  elseif ballot.load == '' then
    missing[#missing + 1] = ballot.id
  end
end
if #missing > 1 then return missing end
for _, ballot in ipairs(ballots) do
  if ballot.load ~= '' then load_ballot(room, ballot) end
  keep(ballot, ttl)
end

local first, into = ballots[1], ballots[2]
redis.call('HSET', first.totals, '!', mode == 'open' and '0' or '1')
local added = {}
if into then
  local flat = redis.call('HGETALL', first.votes)
  for i = 1, #flat, 2 do
    if redis.call('HEXISTS', into.votes, flat[i]) == 0 then
      put_vote(into, flat[i], flat[i + 1])
      added[#added + 1] = { flat[i], flat[i + 1], '' }
    end
  end
end
local told = into or first
local totals, voters = totals_json(told), voters_of(told)
if not seen(room, ARGV[5]) then
  local counts = '{"voters":' .. voters .. ',"votes":' .. totals .. '}'
  local from, to = string.find(ARGV[11], '"COUNTS"', 1, true)
  local data = from and string.sub(ARGV[11], 1, from - 1) .. counts .. string.sub(ARGV[11], to + 1) or ARGV[11]
  local hidden = ''
  if into and #added > 0 then
    hidden = '{"questions":' .. cjson.encode({ { id = into.id, upvotes = voters, changes = added } }) .. '}'
  end
  append_entry(room, {
    id = ARGV[5], counted = false, hidden = hidden, affects = ARGV[12], evicts = '',
    body = '"signal":"' .. ARGV[10] .. '","data":' .. data,
  })
end
return { 0, totals, voters }
