--[[
  Casts votes on several ballots of one room, and appends what they changed: an entry for each ballot, or one for all.

  KEYS[1..4], ARGV[1..4] as in append-entry.lua
  KEYS[5], KEYS[6], then two more for each further ballot: totals, votes
  ARGV[5] id, unique for this call   ARGV[6] seconds to keep what is loaded   ARGV[7] 'poll' or 'question'
  then for each ballot:
    its id, JSON to load or '', the time in ms at which it takes no more votes or '', '1' when votes are counted by choice,
    '1' when everybody sees the counts, number of votes, then for each vote: voter, value, person to name or ''

  Returns { 0, for each ballot: totals as JSON, voters, for each vote one letter: c changed, s same, x closed }
  or { 1, id of each ballot that is not loaded } having changed nothing, or { code }.
]]
--- @include "./ballot.lua"

local room, code = open_room()
if not room then return { code } end
local ttl, kind = tonumber(ARGV[6]), ARGV[7]
-- Questions that one entry names: those with the most upvotes.
local named_at_once = 50

local ballots, missing = {}, { 1 }
local at, key = 8, 5
while at <= #ARGV do
  local ballot = {
    id = ARGV[at], totals = KEYS[key], votes = KEYS[key + 1], load = ARGV[at + 1], closes_at = tonumber(ARGV[at + 2]),
    is_counted = ARGV[at + 3] == '1', is_shown = ARGV[at + 4] == '1', cast = {},
  }
  local number = tonumber(ARGV[at + 5])
  for vote = 1, number do
    local first = at + 3 + 3 * vote
    ballot.cast[vote] = { voter = ARGV[first], value = ARGV[first + 1], person = ARGV[first + 2] }
  end
  at, key = at + 6 + 3 * number, key + 2
  if is_loaded(room, ballot) then
    ballot.load = ''
  elseif ballot.load == '' then
    missing[#missing + 1] = ballot.id
  end
  ballots[#ballots + 1] = ballot
end
if #missing > 1 then return missing end

local function append_poll(ballot, changes)
  local voters, totals = voters_of(ballot), totals_json(ballot)
  local shown = ballot.is_shown and ',"votes":' .. totals or ''
  append_entry(room, {
    id = ARGV[5] .. ':' .. ballot.id, counted = false, affects = '', evicts = '',
    body = '"signal":"poll.counted","data":{"pollId":"' .. ballot.id .. '","voters":' .. voters .. shown .. '}',
    hidden = '{"pollId":"' .. ballot.id .. '","voters":' .. voters .. ',"totals":' .. totals
      .. ',"changes":' .. cjson.encode(changes) .. '}',
  })
end

local function append_questions(changed)
  table.sort(changed, function(a, b)
    if a.upvotes ~= b.upvotes then return a.upvotes > b.upvotes end
    return a.id < b.id
  end)
  local counts = {}
  for i = 1, math.min(#changed, named_at_once) do counts[changed[i].id] = changed[i].upvotes end
  append_entry(room, {
    id = ARGV[5], counted = false, affects = '', evicts = '',
    body = '"signal":"question.counted","data":{"counts":' .. cjson.encode(counts) .. '}',
    hidden = '{"questions":' .. cjson.encode(changed) .. '}',
  })
end

local reply, changed_questions = { 0 }, {}
for _, ballot in ipairs(ballots) do
  if ballot.load ~= '' then load_ballot(room, ballot) end
  local is_closed = redis.call('HGET', ballot.totals, '!') == '1' or (ballot.closes_at and room.at >= ballot.closes_at)
  local outcomes, changes = '', {}
  for _, vote in ipairs(ballot.cast) do
    if is_closed then
      outcomes = outcomes .. 'x'
    elseif put_vote(ballot, vote.voter, vote.value) then
      outcomes = outcomes .. 'c'
      changes[#changes + 1] = { vote.voter, vote.value, vote.person }
    else
      outcomes = outcomes .. 's'
    end
  end
  if #changes > 0 and kind == 'poll' then append_poll(ballot, changes) end
  if #changes > 0 and kind == 'question' then
    changed_questions[#changed_questions + 1] = { id = ballot.id, upvotes = voters_of(ballot), changes = changes }
  end
  keep(ballot, ttl)
  reply[#reply + 1] = totals_json(ballot)
  reply[#reply + 1] = voters_of(ballot)
  reply[#reply + 1] = outcomes
end
if #changed_questions > 0 then append_questions(changed_questions) end
return reply
